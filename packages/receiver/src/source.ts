import type { MaybePromise } from './maybe-promise'
import type { OpenedBody } from './opened-body'

/** A field of the body: its name, or the names on the way to it. */
export type Path = string | readonly string[]

/** Where a part of an event stands. The first of the places that has text (or a whole number) gives it. */
export type Source<Made = MaybePromise<string>> =
  AtHeader<Made> | AtField<Made> | AtFields<Made> | Fallback<Made>

interface AtHeader<Made> {
  /** A header. Without another place, a request that comes without it is refused. */
  header: string
  field?: Path
  or?: Fallback<Made>['or']
}

interface AtField<Made> {
  field: Path
  or?: Fallback<Made>['or']
}

interface AtFields<Made> {
  /** Several fields that name the event together; joined by `:`. */
  fields: readonly Path[]
  or?: Fallback<Made>['or']
}

interface Fallback<Made> {
  /** What it is where the sender gives none: another field, a text, or what a function makes of the body. */
  or: AtField<Made> | AtFields<Made> | string | ((body: Uint8Array) => Made)
}

/** The value of a field, or `undefined`. What only a prototype has is no field. */
export function fieldAt(payload: unknown, path: Path): unknown {
  let value = payload
  for (const name of typeof path === 'string' ? [path] : path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Record<string, unknown>)[name]
  }
  return value
}

/** The text of a field: text that is not empty, or a whole number that JSON has not rounded. */
export function textAt(payload: unknown, path: Path): string | undefined {
  const value = fieldAt(payload, path)
  if (Number.isSafeInteger(value)) return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/**
 * The text of a source that is not a header.
 *
 * @throws WebhookPayloadError where the body is unreadable, and there is nothing else to take.
 */
export function textOf(source: Source, body: OpenedBody): MaybePromise<string | undefined> {
  const { field, fields, or } = source as Partial<
    AtField<MaybePromise<string>> & AtFields<MaybePromise<string>>
  >
  if (field !== undefined || fields !== undefined) {
    const payload = or === undefined ? body.payload : body.payloadOrNothing
    const texts = (fields ?? [field ?? '']).map((path) => textAt(payload, path))
    if (!texts.includes(undefined)) return texts.join(':')
  }
  if (typeof or === 'object') return textOf(or, body)
  return typeof or === 'function' ? or(body.bytes) : or
}
