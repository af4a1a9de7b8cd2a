import { init, type Arunika, type ArunikaOptions } from './index'

/** What the snippet in `docs/browser.md` leaves for the script that loads later. */
interface Snippet {
  options: ArunikaOptions
  queue: [name: string, call: unknown[], resolve: (result: unknown) => void][]
}

// The entry of `dist/arunika.global.js`: the client takes the snippet's place, and does what was called before it had loaded.
const page = globalThis as unknown as { arunika: Snippet | Arunika }
const { options, queue } = page.arunika as Snippet
const arunika = init(options)
page.arunika = arunika
for (const [name, call, resolve] of queue) {
  const methods = arunika as unknown as Record<string, (...call: unknown[]) => unknown>
  resolve(methods[name]?.(...call))
}
