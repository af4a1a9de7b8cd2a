import { onTestFailed } from 'vitest'

/** Numbers that another run draws again, by their seed. */
export interface Random {
  /** From 0 to below 1. */
  next: () => number
  /** A whole number from 0 to below `end`. */
  below: (end: number) => number
  /** One of some. */
  of: <Item>(items: Item[]) => Item
}

/** A test's own random numbers. Where it fails it tells the seed, which `ARUNIKA_TEST_SEED` gives to the next run. */
export function seededRandom(): Random {
  const seed = Number(process.env['ARUNIKA_TEST_SEED'] ?? Date.now() % 1_000_000)
  onTestFailed(() => console.error(`To draw the same again: ARUNIKA_TEST_SEED=${seed}`))
  let state = seed

  // mulberry32
  function next(): number {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number) => Math.floor(next() * end)
  return { next, below, of: (items) => items[below(items.length)]! }
}
