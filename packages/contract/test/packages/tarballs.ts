import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** The root of the repository. */
export const root = join(import.meta.dirname, '../../../..')

interface Manifest {
  name: string
  version: string
  private?: boolean
  packageManager?: string
}

/** A package as it would be published. */
export interface Tarball {
  name: string
  version: string
  path: string
}

/** Packs every package that is published, as a release would. */
export async function packAll(): Promise<Tarball[]> {
  const folder = await mkdtemp(join(tmpdir(), 'arunika-tarballs-'))
  const tarballs: Tarball[] = []
  for (const name of readdirSync(join(root, 'packages'))) {
    const manifest = readManifest(join(root, 'packages', name, 'package.json'))
    if (manifest.private) continue
    const path = join(folder, `${name}.tgz`)
    await pnpm(['--filter', manifest.name, 'pack', '--out', path])
    tarballs.push({ name: manifest.name, version: manifest.version, path })
  }
  return tarballs
}

/** The bytes of a tarball. */
export async function bytesOf(tarball: Tarball): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(tarball.path))
}

async function pnpm(args: string[]): Promise<void> {
  const { packageManager = 'pnpm' } = readManifest(join(root, 'package.json'))
  await execute('npx', ['--yes', packageManager, ...args], { cwd: root, shell: process.platform === 'win32' })
}

function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(path, 'utf8')) as Manifest
}
