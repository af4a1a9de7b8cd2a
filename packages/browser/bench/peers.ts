import { installPeer } from '../../../scripts/bench/peers'
import { bundle } from '../test/integration/bundle'
import type { Subject } from './subjects'

/** Bundles a page that uses a peer, after installing that where it is not yet. */
export async function bundlePeer({ peer, name }: Subject, contents: string): Promise<string> {
  if (peer === undefined) throw new Error(`${name} is no peer`)
  const { folder } = await installPeer(peer)
  return bundle(contents, {
    stdin: { contents, resolveDir: folder, loader: 'ts' },
    minify: true,
    format: 'iife',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  })
}
