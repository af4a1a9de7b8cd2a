// The workspace's scripts are plain JavaScript: this gives them their types.

interface Chromium {
  chromiumPath: () => Promise<string>
  chromiumArgs: string[]
}

interface Peers {
  installPeer: (name: string) => Promise<{ folder: string; version: string }>
}

const load = async (name: string): Promise<unknown> =>
  import(new URL(`../../../scripts/${name}`, import.meta.url).href)

export const { chromiumPath, chromiumArgs } = (await load('chromium.mjs')) as Chromium
export const { installPeer } = (await load('bench-peers.mjs')) as Peers
