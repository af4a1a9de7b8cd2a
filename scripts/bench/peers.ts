// The workspace's scripts are plain JavaScript: this gives the one that installs peers its types.

interface Peers {
  installPeer: (name: string) => Promise<{ folder: string; version: string }>
}

export const { installPeer } = (await import(new URL('../bench-peers.mjs', import.meta.url).href)) as Peers
