import type { AttemptForm } from './attempt'
import { bodyHash } from './body-hash'
import { checkFunction, checkOptions, checkText } from './check-options'
import type { Parse } from './opened-body'
import type { EventForm } from './provider'
import type { Path, Source } from './source'

/** Where a sender puts the parts of an event. */
export interface EventOptions {
  /**
   * Where the event's id is: the same over all deliveries of one event. A function that makes one may take a promise; but not
   * with `verifySync`.
   */
  id: Source
  /** Where the event's type is. */
  type: Source<string>
  /**
   * Where the event's data is.
   *
   * @defaultValue the whole body
   */
  data?: { field: Path }
  /** Where the body says when the event happened, for schemes that sign no time: ISO 8601, or Unix time as a number. */
  time?: { field: Path }
  /** Where the sender tells which try to deliver it is; with `plus: 1` where it counts the tries after the first. */
  attempt?: AttemptForm
  /**
   * How the body's text becomes the payload.
   *
   * @defaultValue `JSON.parse`
   */
  parse?: Parse
}

/**
 * Checks the names of a builder's options, and the name of its sender.
 *
 * @param own - The options that this builder has beside `name`, `secret` and those of the event.
 * @throws TypeError where one is unknown, or the name is none.
 */
export function checkBuilder(
  builder: string,
  options: EventOptions & { name: string },
  own: Record<string, true>,
): void {
  const known = {
    name: true,
    secret: true,
    ...own,
    id: true,
    type: true,
    data: true,
    time: true,
    attempt: true,
    parse: true,
  } as const
  checkOptions<object>(builder, options, known)
  checkText(`${builder}: name`, options.name, "the sender's name")
}

const IN_HEADER = "{ header: '…' }"
const IN_FIELD = "{ field: '…' }"

/** What most places must be, for messages. */
export const IN_EITHER = `${IN_HEADER} or ${IN_FIELD}`

/** @throws TypeError where a part is no place, with what to pass instead. */
export function resolveEvent(
  name: string,
  { id, type, data, time, attempt, parse }: EventOptions,
): EventForm {
  if (parse !== undefined) checkFunction(`${name}: parse`, parse, 'that takes the text of a body')
  const source = { header: isText, field: isPath, fields: Array.isArray, or: isFallback }
  const field = { field: isPath }
  const count = { header: isText, plus: (value: unknown) => value === 1 }
  return {
    id: resolvePlace(`${name}: id`, id, source, IN_EITHER),
    type: resolvePlace(`${name}: type`, type, source, IN_EITHER),
    waits: mayWait(id),
    data: data && resolvePlace(`${name}: data`, data, field, IN_FIELD),
    time: time && resolvePlace(`${name}: time`, time, field, IN_FIELD),
    // Of `plus` alone, the header is missing.
    attempt:
      attempt && resolvePlace(`${name}: attempt`, Object.assign({ header: '' }, attempt), count, IN_HEADER),
    parse,
  }
}

/**
 * @param known - What the parts of the place must be.
 * @param form - The same, for messages.
 */
function resolvePlace<Place extends object>(
  owner: string,
  place: Place,
  known: Record<string, (value: unknown) => boolean>,
  form: string,
): Place {
  const parts = Object.entries((place as object | undefined) ?? {})
  if (
    parts.length === 0 ||
    !parts.every(([part, value]) => Object.hasOwn(known, part) && known[part]?.(value))
  ) {
    throw new TypeError(`${owner} must be ${form}.`)
  }
  return lowerHeader(place)
}

/** Whether a function of the caller's own makes it: that may be an async one. */
function mayWait({ or }: Source): boolean {
  return typeof or === 'object' ? mayWait(or) : typeof or === 'function' && or !== bodyHash
}

/** A place whose header, if it has one, is in lower case. */
export function lowerHeader<Place extends object>(place: Place & { header?: string | undefined }): Place {
  return place.header === undefined ? place : { ...place, header: place.header.toLowerCase() }
}

export function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

export function isPath(value: unknown): boolean {
  return isText(value) || (Array.isArray(value) && value.length > 0 && value.every(isText))
}

function isFallback(value: unknown): boolean {
  return isText(value) || value instanceof Object
}
