import { gzipSync } from 'node:zlib'
import type { Figure, Findings } from '../../../../scripts/bench/figure'
import { bundle } from '../../test/integration/bundle'
import { ARUNIKA, PEERS } from '../subjects'
import { bundlePeer } from '../peers'

const LIMIT_BYTES = 10_000
const ENTRY_LIMIT_BYTES = 1_000

/** What an app downloads. */
export async function measureSize(): Promise<Findings> {
  const minified = { minify: true }
  const ours = gzipped(await bundle(ARUNIKA.minimalUse, minified))
  const figures: Figure[] = [
    { name: 'minimal use', value: ours, unit: 'bytes gzip', limit: LIMIT_BYTES },
    await addition('react', ['react', 'react/*'], ours),
    await addition('vue', ['vue', 'vue-router'], ours),
  ]
  const rows: { SDK: string; 'bytes gzip': number | null; 'times ours'?: number; problem?: string }[] = [
    { SDK: ARUNIKA.name, 'bytes gzip': ours },
  ]
  for (const peer of PEERS) {
    try {
      const bytes = gzipped(await bundlePeer(peer, peer.minimalUse))
      rows.push({ SDK: peer.name, 'bytes gzip': bytes, 'times ours': Number((bytes / ours).toFixed(1)) })
    } catch (error) {
      rows.push({ SDK: peer.name, 'bytes gzip': null, problem: String(error).slice(0, 200) })
    }
  }
  return { figures, tables: [{ title: 'Size: a view, an activity and a person, all dependencies', rows }] }
}

/** What an entry point adds to minimal use, without the framework, which the app has already. */
async function addition(entry: 'react' | 'vue', external: string[], base: number): Promise<Figure> {
  const figure = { name: `/${entry} adds`, unit: 'bytes gzip', limit: ENTRY_LIMIT_BYTES }
  const source = `${ARUNIKA.minimalUse}
    import * as entry from '@arunika/browser/${entry}'
    globalThis.entry = entry`
  try {
    const code = await bundle(source, { minify: true, external, logLevel: 'silent' })
    return { ...figure, value: gzipped(code) - base }
  } catch (error) {
    const [line = ''] = String(error).split('\n').slice(1)
    return { ...figure, value: null, note: `@arunika/browser/${entry} cannot be bundled: ${line.trim()}` }
  }
}

function gzipped(code: string): number {
  return gzipSync(code, { level: 9 }).length
}
