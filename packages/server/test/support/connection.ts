import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A connection on which a test writes its own bytes, where `fetch` would write better ones. */
export interface Connection {
  socket: Socket
  write: (bytes: string) => void
  /** The next answer; rejects where the connection ends before it has come. */
  answer: () => Promise<Response>
  /** Resolves once the server has ended the connection, with what it sent after the last answer. */
  ended: () => Promise<string>
}

/** Opens a connection to a server. */
export async function connectTo(url: string): Promise<Connection> {
  const { port, hostname } = new URL(url)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  let received = ''
  let hasEnded = false
  let notify: () => void = () => undefined
  socket.setEncoding('latin1')
  socket.setNoDelay(true)
  socket.on('data', (chunk) => {
    received += String(chunk)
    notify()
  })
  socket.on('error', () => undefined)
  socket.on('close', () => {
    hasEnded = true
    notify()
  })
  await once(socket, 'connect')

  async function answer(): Promise<Response> {
    for (;;) {
      const found = /^HTTP\/1\.1 (\d{3}) .*?\r\n(.*?)\r\n\r\n/s.exec(received)
      if (found !== null) {
        const [head, status, lines = ''] = found
        const headers = new Headers(
          lines.split('\r\n').map((line) => line.split(': ', 2) as [string, string]),
        )
        const end = head.length + Number(headers.get('content-length'))
        if (received.length >= end) {
          const body = received.slice(head.length, end)
          received = received.slice(end)
          return new Response(body, { status: Number(status), headers })
        }
      }
      if (hasEnded) throw new Error(`The connection ended with ${JSON.stringify(received)}`)
      await new Promise<void>((resolve) => (notify = resolve))
    }
  }

  async function ended(): Promise<string> {
    while (!hasEnded) await new Promise<void>((resolve) => (notify = resolve))
    return received
  }

  return { socket, write: (bytes) => void socket.write(bytes, 'latin1'), answer, ended }
}
