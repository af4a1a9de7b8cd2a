import { readdir, readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'

/** Every name by which an installed package can be imported, as its own `exports` tell. */
export async function entriesOf(folder: string): Promise<string[]> {
  const manifest = await readFile(join(folder, 'package.json'), 'utf8')
  const { name, exports = {} } = JSON.parse(manifest) as { name: string; exports?: Record<string, unknown> }
  const files = (await readdir(folder, { recursive: true })).map((file) => `./${file.replaceAll('\\', '/')}`)
  return Object.entries(exports).flatMap(([entry, target]) => {
    if (!entry.includes('*')) return [posix.join(name, entry)]
    // Of a pattern, each file that it stands for.
    const [before = '', after = ''] = String(target).split('*')
    const found = files.filter((file) => file.startsWith(before) && file.endsWith(after))
    if (found.length === 0) throw new Error(`${name}: no file is what ${entry} exports`)
    return found.map((file) =>
      posix.join(name, entry.replace('*', file.slice(before.length, file.length - after.length))),
    )
  })
}
