import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createConnection, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

type Send = (command: string[]) => Promise<unknown>

/** A Redis of the test's own. */
export interface Redis {
  /** A connection of its own. */
  connect(): Send
  /** Brings the end of every key nearer. */
  advance(ms: number): Promise<void>
  stop(): Promise<void>
}

/** No npm package holds a Redis: the suite runs on one where the machine has it. */
export function findRedis(): string | null {
  const paths = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => ['redis-server', 'valkey-server'].map((name) => join(folder, name)))
  return paths.find((path) => existsSync(path)) ?? null
}

export async function startRedis(): Promise<Redis> {
  const folder = await mkdtemp(join(tmpdir(), 'arunika-redis-'))
  const path = join(folder, 'redis.sock')
  const options = ['--port', '0', '--unixsocket', path, '--dir', folder, '--save', '']
  const child = spawn(findRedis() ?? 'redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] })
  let printed = ''
  for await (const chunk of child.stdout) {
    printed += String(chunk)
    if (/ready to accept connections/i.test(printed)) break
  }
  const sockets: Socket[] = []
  const connect = () => {
    const socket = createConnection(path)
    sockets.push(socket)
    return sender(socket)
  }
  const send = connect()
  return {
    connect,
    async advance(ms) {
      for (const key of (await send(['KEYS', '*'])) as string[]) {
        const left = (await send(['PTTL', key])) as number
        await send(['PEXPIRE', key, String(left - ms)])
      }
    },
    async stop() {
      for (const socket of sockets) socket.destroy()
      const ended = once(child, 'exit')
      child.kill()
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** RESP 2: commands are arrays of bulk strings, replies come in the order of the commands. */
function sender(socket: Socket): Send {
  const waiting: { resolve: (reply: unknown) => void; reject: (error: Error) => void }[] = []
  let received = ''
  socket.setEncoding('latin1').on('data', (text: string) => {
    received += text
    for (let reply = readReply(received); reply !== null; reply = readReply(received)) {
      received = received.slice(reply.length)
      if (reply.value instanceof Error) waiting.shift()?.reject(reply.value)
      else waiting.shift()?.resolve(reply.value)
    }
  })
  return (command) =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject })
      const parts = command.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`)
      socket.write(`*${command.length}\r\n${parts.join('')}`)
    })
}

/** The first reply of the text, and how much of it that takes; `null` where it is not whole yet. */
function readReply(text: string): { value: unknown; length: number } | null {
  const end = text.indexOf('\r\n')
  if (end < 0) return null
  const line = text.slice(1, end)
  const after = end + 2
  if (text.startsWith('+')) return { value: line, length: after }
  if (text.startsWith('-')) return { value: new Error(line), length: after }
  if (text.startsWith(':')) return { value: Number(line), length: after }
  const size = Number(line)
  if (size < 0) return { value: null, length: after }
  if (text.startsWith('$')) {
    const whole = after + size + 2
    return text.length < whole ? null : { value: text.slice(after, after + size), length: whole }
  }
  const values: unknown[] = []
  let length = after
  while (values.length < size) {
    const item = readReply(text.slice(length))
    if (item === null) return null
    values.push(item.value)
    length += item.length
  }
  return { value: values, length }
}
