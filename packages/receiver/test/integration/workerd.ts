import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { onTestFinished } from 'vitest'
import workerd, { compatibilityDate } from 'workerd'

const ENTRY = 'virtual:worker'

/** Bundles a worker as wrangler does, and serves it by workerd without `nodejs_compat` until the test is over. */
export async function serveWorker(code: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'arunika-worker-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'worker.js'), await bundled(code))
  await writeFile(join(folder, 'config.capnp'), CONFIG)
  const child = spawn(workerd, ['serve', '--control-fd=3', join(folder, 'config.capnp')], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  })
  const ended = once(child, 'exit')
  onTestFinished(async () => {
    child.kill()
    await ended
  })
  for await (const line of createInterface(child.stdio[3] as Readable)) {
    const { event, port } = JSON.parse(line) as { event: string; port: number }
    if (event === 'listen') return `http://127.0.0.1:${port}`
  }
  throw new Error('workerd ended before it listened')
}

const CONFIG = `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [(name = "worker.js", esModule = embed "worker.js")],
    compatibilityDate = "${compatibilityDate}",
  ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`

async function bundled(code: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    root: fileURLToPath(new URL('../..', import.meta.url)),
    resolve: { conditions: ['@arunika/source', 'workerd', 'worker', 'browser'] },
    plugins: [
      {
        name: 'worker',
        resolveId: (id) => (id === ENTRY ? fileURLToPath(new URL('worker.ts', import.meta.url)) : null),
        load: (id) => (id.endsWith('integration/worker.ts') ? code : null),
      },
    ],
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      rolldownOptions: {
        input: ENTRY,
        preserveEntrySignatures: 'strict',
        external: /^cloudflare:/,
      },
    },
  })
  const outputs = [built].flat().flatMap((one) => ('output' in one ? one.output : []))
  const [chunk, ...others] = outputs
  if (chunk?.type !== 'chunk' || others.length > 0) throw new Error('the worker is not one file')
  return chunk.code
}
