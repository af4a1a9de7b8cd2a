import { defineConfig, type Options } from 'tsup'

const shared = { target: 'es2022', sourcemap: false, silent: true } as const

/**
 * How every package is built: ESM and CJS, with declarations for both.
 *
 * @param options - `plugins`: what a package does with its output beside. `noExternal`: packages that it brings along, of which only
 * what is used is published.
 */
export function library(
  entry: string[] | Record<string, string>,
  options: Pick<Options, 'plugins' | 'noExternal'> & { platform?: 'neutral' | 'node' | 'browser' } = {},
): Options {
  const { platform = 'neutral', plugins = [], noExternal = [] } = options
  return {
    ...shared,
    entry,
    format: ['esm', 'cjs'],
    dts: noExternal.length > 0 ? { compilerOptions: { baseUrl: '.', paths: SOURCES } } : true,
    platform,
    shims: platform === 'node', // `import.meta.url` in CJS
    splitting: true,
    treeshake: true,
    plugins,
    noExternal,
    esbuildOptions: readSources,
    // A script is built at the same time.
    clean: ['!**/*.global.js'],
  }
}

/** A `<script>` that brings everything along, from the sources: `dist/NAME.global.js`. */
export function script(name: string, entry: string): Options {
  return {
    ...shared,
    entry: { [name]: entry },
    format: 'iife',
    platform: 'browser',
    minify: true,
    noExternal: [/./],
    esbuildOptions: readSources,
  }
}

/** Where the declarations of what is brought along are made from. */
const SOURCES = { '@arunika/*': ['../*/src/index.ts'] }

/** What is brought along of other packages here is taken from their sources. */
function readSources(options: { conditions?: string[] | undefined }): void {
  options.conditions = ['@arunika/source']
}

export { defineConfig }
