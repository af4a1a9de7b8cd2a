import { defineConfig, type Options } from 'tsup'

/**
 * How every package is built: ESM and CJS, with declarations for both.
 *
 * @param options - `bundledInCjs`: dependencies that are ESM alone, which the CJS build therefore brings along.
 */
export function library(
  entry: string[],
  options: { platform?: 'neutral' | 'node' | 'browser'; bundledInCjs?: string[] } = {},
) {
  const both: Options = {
    entry,
    dts: true,
    target: 'es2022',
    platform: options.platform ?? 'neutral',
    splitting: true,
    treeshake: true,
    sourcemap: false,
    silent: true,
  }
  if (options.bundledInCjs === undefined)
    return defineConfig({ ...both, format: ['esm', 'cjs'], clean: true })
  // These two are built at the same time, so neither may clean the other's files away.
  return defineConfig([
    { ...both, format: 'esm', clean: ['!**/*.cjs', '!**/*.d.cts'] },
    { ...both, format: 'cjs', clean: ['!**/*.js', '!**/*.d.ts'], noExternal: options.bundledInCjs },
  ])
}
