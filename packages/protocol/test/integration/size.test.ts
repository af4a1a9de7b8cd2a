import { build, type Rolldown } from 'vite'
import { expect, test } from 'vitest'
import readme from '../../README.md?raw'

/** The rows of the README's table that name a size: the entry, kB minified, kB gzipped. */
const rows = [...readme.matchAll(/^\| `(@arunika\/\S+)` +\|.*\| ([\d.]+) kB +\| ([\d.]+) kB +\|$/gm)].map(
  ([, entry, minified, gzipped]) => ({ entry: entry!, minified: Number(minified), gzipped: Number(gzipped) }),
)

async function bundled(entry: string): Promise<Uint8Array<ArrayBuffer>> {
  const name = entry.split('/')[2] ?? 'index'
  const { output } = (await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      rolldownOptions: {
        input: new URL(`../../src/${name}.ts`, import.meta.url).pathname,
        preserveEntrySignatures: 'strict',
      },
    },
  })) as Rolldown.RolldownOutput
  return new TextEncoder().encode(output[0].code)
}

async function gzippedLength(bytes: Uint8Array<ArrayBuffer>): Promise<number> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))
  return (await new Response(stream).arrayBuffer()).byteLength
}

test('the README names the size of each entry', () => {
  expect(rows.map(({ entry }) => entry)).toEqual([
    '@arunika/protocol',
    '@arunika/protocol/schemas',
    '@arunika/protocol/openapi',
  ])
})

test.each(rows)(
  '$entry takes at most $minified kB, $gzipped kB gzipped',
  async ({ entry, minified, gzipped }) => {
    const code = await bundled(entry)
    expect(code.length).toBeGreaterThan(minified * 500)
    expect(code.length).toBeLessThanOrEqual(minified * 1_000)
    expect(await gzippedLength(code)).toBeLessThanOrEqual(gzipped * 1_000)
  },
)
