import { accept, refuse, type Checked } from './checked'
import type { OpenedRequest } from './provider'
import { textAt, type Path } from './source'

/** Where a signature or a time stands: in a header, or in a field of the body. */
export type Place = { header: string; field?: never } | { field: Path; header?: never }

/** The text at a place. The body is not verified yet: whatever it holds, this refuses and does not throw. */
export function locate(place: Place, request: OpenedRequest): Checked<string> {
  if (place.header !== undefined) return request.header(place.header)
  const text = textAt(request.body.payloadOrNothing, place.field)
  return text === undefined
    ? refuse('malformed_body', `The body has no ${nameOf(place)}, which the signature needs.`)
    : accept(text)
}

/** A place by name, for messages. */
export function nameOf({ header, field = '' }: Place): string {
  return header === undefined
    ? `field ${typeof field === 'string' ? field : field.join('.')}`
    : `header ${header}`
}
