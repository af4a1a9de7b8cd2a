import { isArray } from './json'
import { isPairAt, isSurrogate } from './text'

/** What {@link jsonSize} found: the encoded size in bytes, or why there is none and where (`/items/3`). */
export type JsonSize =
  { ok: true; bytes: number } | { ok: false; reason: 'too-large' | 'too-deep' | 'not-json'; path: string }

/** A value that waits to be measured. */
interface Item {
  value: unknown
  depth: number
  path: string
}

/**
 * The bytes that `JSON.stringify(value)` takes in UTF-8, found without recursion and without building the text, so
 * that a value nested a million deep or a megabyte wide costs no more than the bounds allow.
 *
 * A value that JSON cannot hold as it is (a function, a symbol, `undefined`, a bigint, `NaN`, a class instance, an
 * object with `toJSON`, a getter that throws) is not JSON here, where `JSON.stringify` would change it, drop it or
 * throw. A cycle ends at the depth or at the size that is allowed, whichever comes first.
 *
 * @param limits - The most bytes, and the most levels of objects and arrays. At least one of them must be finite.
 * @example
 * jsonSize({ price: 9.5 }, { maxBytes: 1024, maxDepth: 32 }) // { ok: true, bytes: 13 }
 */
export function jsonSize(value: unknown, limits: { maxBytes: number; maxDepth: number }): JsonSize {
  let bytes = 0
  const waiting: Item[] = [{ value, depth: 0, path: '' }]
  for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
    const { value: current, depth, path } = item
    if (typeof current === 'object' && current !== null) {
      if (depth >= limits.maxDepth) return { ok: false, reason: 'too-deep', path }
      const own = structureSize(current, item, waiting, limits.maxBytes - bytes)
      if (own === undefined) return { ok: false, reason: 'not-json', path }
      bytes += own
    } else {
      const own = scalarSize(current, limits.maxBytes - bytes)
      if (own === undefined) return { ok: false, reason: 'not-json', path }
      bytes += own
    }
    if (bytes > limits.maxBytes) return { ok: false, reason: 'too-large', path }
  }
  return { ok: true, bytes }
}

/**
 * The bytes of an object's or an array's own punctuation and keys; its values are added to `waiting`. Stops early once
 * past `maxBytes`. `undefined` where it is not JSON, or reading it throws.
 */
function structureSize(object: object, at: Item, waiting: Item[], maxBytes: number): number | undefined {
  const wait = (value: unknown, key: string) =>
    waiting.push({ value, depth: at.depth + 1, path: `${at.path}/${key}` })
  try {
    if (typeof (object as { toJSON?: unknown }).toJSON === 'function') return undefined
    if (isArray(object)) {
      const bytes = Math.max(2, object.length + 1) // brackets and commas
      if (bytes <= maxBytes) for (let i = 0; i < object.length; i++) wait(object[i], String(i))
      return bytes
    }
    if (!isPlain(object)) return undefined
    const keys = Object.keys(object)
    let bytes = Math.max(2, keys.length * 2 + 1) // braces, colons and commas
    for (const key of keys) {
      if (bytes > maxBytes) break
      bytes += stringSize(key, maxBytes)
      wait((object as Record<string, unknown>)[key], key.length > 64 ? `${key.slice(0, 64)}…` : key)
    }
    return bytes
  } catch {
    return undefined
  }
}

function scalarSize(value: unknown, maxBytes: number): number | undefined {
  if (typeof value === 'string') return stringSize(value, maxBytes)
  if (typeof value === 'number') return Number.isFinite(value) ? String(value).length : undefined
  if (value === true || value === null) return 4
  if (value === false) return 5
  return undefined
}

function stringSize(text: string, maxBytes: number): number {
  // Every UTF-16 unit takes at least one byte, so a text this long need not be read.
  if (text.length > maxBytes) return text.length
  let bytes = 2 // the quotes
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) {
      bytes += asciiSize(unit)
    } else if (unit < 0x800) {
      bytes += 2
    } else if (isPairAt(text, i)) {
      bytes += 4
      i++
    } else {
      bytes += isSurrogate(unit) ? 6 : 3 // a lone surrogate is written as \ud800
    }
  }
  return bytes
}

/** JSON.stringify writes \" and \\, \b \t \n \f \r, and the other control characters as \u0000. */
function asciiSize(unit: number): number {
  if (unit === 0x22 || unit === 0x5c) return 2
  if (unit >= 0x20) return 1
  return unit >= 0x08 && unit <= 0x0d && unit !== 0x0b ? 2 : 6
}

/** True of what a literal or `JSON.parse` makes, in any realm; false of a class's instance. */
function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
