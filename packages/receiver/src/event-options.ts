import { checkFunction, checkOptions, checkText } from './check-options'
import type { Parse } from './opened-body'
import type { EventForm } from './provider'
import type { Path, Source } from './source'

/** Where a sender puts the parts of an event. */
export interface EventOptions {
  /** Where the event's id is: the same over all deliveries of one event. */
  id: Source
  /** Where the event's type is. */
  type: Source
  /**
   * Where the event's data is.
   *
   * @defaultValue the whole body
   */
  data?: { field: Path }
  /** Where the body says when the event happened, for schemes that sign no time: ISO 8601, or Unix time as a number. */
  time?: { field: Path }
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
    parse: true,
  } as const
  checkOptions<object>(builder, options, known)
  checkText(`${builder}: name`, options.name, "the sender's name")
}

/** @throws TypeError where a part is no place, with what to pass instead. */
export function resolveEvent(name: string, { id, type, data, time, parse }: EventOptions): EventForm {
  if (parse !== undefined) checkFunction(`${name}: parse`, parse, 'that takes the text of a body')
  return {
    id: resolveSource(name, 'id', id),
    type: resolveSource(name, 'type', type),
    data: data && resolveField(name, 'data', data),
    time: time && resolveField(name, 'time', time),
    parse,
  }
}

function resolveSource(name: string, part: string, source: Source): Source {
  const places = Object.entries((source as object | undefined) ?? {})
  const known = { header: isText, field: isPath, fields: Array.isArray, or: isFallback }
  if (
    places.length > 0 &&
    places.every(([place, value]) => Object.hasOwn(known, place) && known[place as 'or'](value))
  ) {
    return 'header' in source ? { ...source, header: source.header.toLowerCase() } : source
  }
  throw new TypeError(
    `${name}: ${part} must be { header: '…' } or { field: '…' }, where the event's ${part} is.`,
  )
}

function resolveField(name: string, part: string, place: { field: Path }): { field: Path } {
  if (Object.keys(place).join() === 'field' && isPath(place.field)) return place
  throw new TypeError(`${name}: ${part} must be { field: '…' }, where the event's ${part} is.`)
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

function isPath(value: unknown): boolean {
  return isText(value) || (Array.isArray(value) && value.length > 0 && value.every(isText))
}

function isFallback(value: unknown): boolean {
  return isText(value) || typeof value === 'function' || (typeof value === 'object' && value !== null)
}
