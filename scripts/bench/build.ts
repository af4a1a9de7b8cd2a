// The workspace's scripts are plain JavaScript: this gives the one that builds its types.

interface Build {
  build: (packages?: string[]) => Promise<void>
}

const { build } = (await import(new URL('../build.mjs', import.meta.url).href)) as Build

/** Builds packages of ours where their sources have changed: what is measured is what is published. */
export function buildOurs(packages: string[]): Promise<void> {
  return build(packages)
}
