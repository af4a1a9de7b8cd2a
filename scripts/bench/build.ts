// The workspace's scripts are plain JavaScript: this gives the one that builds its types.

interface Build {
  build: (packages?: string[]) => Promise<void>
}

const { build } = (await import(new URL('../../../scripts/build.mjs', import.meta.url).href)) as Build

/** Builds ours where its sources have changed: what is measured is what is published. */
export function buildOurs(): Promise<void> {
  return build(['protocol', 'core', 'node'])
}
