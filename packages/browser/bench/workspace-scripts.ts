// The workspace's scripts are plain JavaScript: this gives the one that finds a browser its types.

interface Chromium {
  chromiumPath: () => Promise<string>
  chromiumArgs: string[]
}

export const { chromiumPath, chromiumArgs } = (await import(
  new URL('../../../scripts/chromium.mjs', import.meta.url).href
)) as Chromium
