import { demandHeader } from './demand-header'
import type { OpenedRequest } from './provider'
import { MAX_VALUE_LENGTH } from './read-header'
import { textAt, type Path } from './source'

/** Where a signature or a time stands: in a header, or in a field of the body. */
export type Place = { header: string; field?: never } | { field: Path; header?: never }

/** The text at a place. The body is not verified yet: whatever it holds, this refuses and throws nothing else. */
export function locate(place: Place, request: OpenedRequest): string {
  if (place.header !== undefined) return demandHeader(request, place.header)
  const text = textAt(request.body.payloadOrNothing, place.field)
  if (text !== undefined && text.length <= MAX_VALUE_LENGTH) return text
  return request.refuse('malformed_body', `The body has no ${nameOf(place)}, which the signature needs.`)
}

/** Refuses what stands at a place. */
export function refuseAt(place: Place, request: OpenedRequest, fault: string): never {
  return request.refuse(
    place.header === undefined ? 'malformed_body' : 'malformed_header',
    `The ${nameOf(place)} ${fault}.`,
  )
}

/** A place by name, for messages. */
export function nameOf({ header, field = '' }: Place): string {
  return header === undefined
    ? `field ${typeof field === 'string' ? field : field.join('.')}`
    : `header ${header}`
}
