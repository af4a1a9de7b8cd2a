import type { OpenedRequest } from './provider'
import { malformedHeader } from './read-header'

/** What the value of a header is. */
export const PLAIN_TEXT = /^[\x20-\x7e]+$/

/** A header that must be there. */
export function demandHeader(request: OpenedRequest, name: string): string {
  return request.header(name) ?? request.refuse('missing_header', `The header ${name} is missing.`)
}

/** The value of a header that is used as it is; refused where it is no plain text. */
export function plainText(request: OpenedRequest, name: string, value: string): string {
  return PLAIN_TEXT.test(value) ? value : request.refuse('malformed_header', malformedHeader(name))
}
