import { execFile } from 'node:child_process'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { round, type Findings } from '../../../../scripts/bench/figure'
import type { Setup } from '../setup'
import { OURS } from '../subjects'

const PACKAGES = fileURLToPath(new URL('../../../', import.meta.url))
/** What an install of ours brings into an app, of the workspace. */
const SCOPE = '@arunika/'
const MAX_DEPENDENCIES = 3

/** What an install brings into an app. */
interface Install {
  bytes: number
  dependencies: number
  /** Files that are, or make, native code. */
  native: number
}

interface Manifest {
  name: string
  dependencies?: Record<string, string>
}

/** What an install of each SDK brings: bytes, packages, native code. */
export async function measureInstall({ installed, progress }: Setup): Promise<Findings> {
  progress('install')
  const ours = await installOfOurs()
  const peers = new Map<string, Install>()
  for (const { subject, folder } of installed) {
    if (subject.peer !== undefined && !peers.has(subject.peer))
      peers.set(subject.peer, await installIn(folder))
  }
  const least = Math.min(...Array.from(peers.values(), ({ bytes }) => bytes))
  return {
    figures: [
      { name: 'dependencies', value: ours.dependencies, unit: 'packages', limit: MAX_DEPENDENCIES },
      { name: 'native code', value: ours.native, unit: 'files', limit: 0 },
      {
        name: 'unpacked, dependencies included, beside the smallest peer',
        value: kilobytes(ours.bytes),
        unit: 'kB',
        limit: Number.isFinite(least) ? kilobytes(least) : NaN,
      },
    ],
    tables: [
      {
        title: 'Install',
        rows: [[OURS.name, ours] as const, ...peers].map(([name, install]) => ({
          SDK: name,
          'kB unpacked': kilobytes(install.bytes),
          dependencies: install.dependencies,
          'native files': install.native,
        })),
      },
    ],
  }
}

/** What would be published of the package, of ours that it needs, and of others that those need. */
async function installOfOurs(): Promise<Install> {
  const install: Install = { bytes: 0, dependencies: -1, native: 0 }
  const waiting = [join(PACKAGES, 'node')]
  const seen = new Set<string>()
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest
    if (seen.has(manifest.name)) continue
    seen.add(manifest.name)
    install.dependencies++
    const files = manifest.name.startsWith(SCOPE) ? await packedFiles(folder) : await filesBelow(folder)
    add(install, files)
    for (const name of Object.keys(manifest.dependencies ?? {})) {
      waiting.push(
        name.startsWith(SCOPE)
          ? join(PACKAGES, name.slice(SCOPE.length))
          : join(folder, 'node_modules', name),
      )
    }
  }
  return install
}

async function installIn(folder: string): Promise<Install> {
  const install: Install = { bytes: 0, dependencies: -1, native: 0 }
  const files = await filesBelow(join(folder, 'node_modules'))
  add(install, files)
  // A package's own file, and not one that only marks a folder of it as CommonJS.
  const isPackage = /node_modules[\\/](@[^\\/]+[\\/])?[^\\/@]+[\\/]package\.json$/
  install.dependencies += files.filter(({ path }) => isPackage.test(path)).length
  return install
}

interface File {
  path: string
  size: number
}

function add(install: Install, files: File[]): void {
  for (const { path, size } of files) {
    install.bytes += size
    if (/\.node$|binding\.gyp$/.test(path)) install.native++
  }
}

async function packedFiles(folder: string): Promise<File[]> {
  const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: folder,
    shell: process.platform === 'win32',
  })
  const [packed] = JSON.parse(stdout) as { files: File[] }[]
  return packed?.files ?? []
}

/** What npm has written beside the packages is not theirs. */
async function filesBelow(folder: string): Promise<File[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const own = paths.filter((path) => !path.endsWith('.package-lock.json'))
  return Promise.all(own.map(async (path) => ({ path, size: (await stat(path)).size })))
}

function kilobytes(bytes: number): number {
  return round(bytes / 1_000, 0)
}
