/** One number of ours that has a limit. */
export interface Figure {
  name: string
  /** `null` where there is none; `note` says why. */
  value: number | null
  unit: string
  limit: number
  /** Which side of the limit is good: `most` where left out. */
  bound?: 'most' | 'least'
  note?: string
}

/** A table of numbers for comparison: a row each. */
export interface Table {
  title: string
  rows: Record<string, string | number | null>[]
}

/** What one part of the benchmark found. */
export interface Findings {
  figures: Figure[]
  tables: Table[]
}

/** `null` where there is no value to judge. */
export function passes({ value, limit, bound = 'most' }: Figure): boolean | null {
  if (value === null) return null
  return bound === 'most' ? value <= limit : value >= limit
}

/** The middle one, or the mean of the two in the middle. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const high = sorted[Math.floor(middle)] ?? NaN
  return Number.isInteger(middle) ? (high + (sorted[middle - 1] ?? NaN)) / 2 : high
}

/** Cut to the decimals that mean something. */
export function round(value: number, decimals = 1): number {
  return Number(value.toFixed(decimals))
}
