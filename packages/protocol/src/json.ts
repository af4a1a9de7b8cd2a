/** A value that JSON can hold. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject

/** An object that JSON can hold. */
export interface JsonObject {
  [key: string]: JsonValue
}

/**
 * True of an object that is neither `null` nor an array.
 *
 * @example
 * isObject(JSON.parse('[]')) // false
 */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !isArray(value)
}

/** `Array.isArray`, but for a revoked proxy, which makes that throw. */
export function isArray(value: unknown): value is unknown[] {
  try {
    return Array.isArray(value)
  } catch {
    return false
  }
}

/** What {@link own} gives for a value that cannot be read. A symbol, since no check takes one. */
const UNREADABLE: unique symbol = Symbol('unreadable')

/**
 * The own value of a key: never one that comes from a prototype. Where a getter or a proxy throws, a symbol: it is not
 * `undefined`, so a check refuses the field instead of taking it for left out.
 *
 * @example
 * own(JSON.parse('{}'), 'constructor') // undefined
 */
export function own(object: object, key: string): unknown {
  try {
    return Object.hasOwn(object, key) ? (object as Record<string, unknown>)[key] : undefined
  } catch {
    return UNREADABLE
  }
}
