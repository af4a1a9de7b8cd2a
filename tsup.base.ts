import { defineConfig, type Options } from 'tsup'

const shared = { target: 'es2022', sourcemap: false, silent: true } as const

/**
 * How every package is built: ESM and CJS, with declarations for both.
 *
 * @param options - `plugins`: what a package does with its output beside.
 */
export function library(
  entry: string[],
  options: Pick<Options, 'plugins'> & { platform?: 'neutral' | 'node' | 'browser' } = {},
): Options {
  return {
    ...shared,
    entry,
    format: ['esm', 'cjs'],
    dts: true,
    platform: options.platform ?? 'neutral',
    splitting: true,
    treeshake: true,
    plugins: options.plugins ?? [],
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
    esbuildOptions(options) {
      options.conditions = ['@arunika/source']
    },
  }
}

export { defineConfig }
