// Where things are in the workspace.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

export function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'))
}

/** Keeps a text between runs, in a folder that an install leaves alone. */
export function writeCache(name, text) {
  const path = join(root, 'node_modules/.cache/arunika', name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
