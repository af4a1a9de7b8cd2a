import { accept, refuse, type Checked } from './checked'

/** Longer values are no header that a provider sends; it also bounds the time that reading one takes. */
const MAX_HEADER_LENGTH = 8_192
const PRINTABLE_ASCII = /^[\x20-\x7e]+$/

/**
 * A request's headers in any of the usual forms: Web `Headers`, Node's `headers` or `rawHeaders`, or a plain object with
 * names in any case. `rawHeaders` is the best of them: only there a header that came twice can always be told.
 */
export type WebhookHeaders =
  | { get(name: string): string | null }
  | readonly string[]
  | Readonly<Record<string, string | readonly string[] | undefined>>

/** The one value of a header; refused where there is none, where there are several, and where it is not plain text. */
export function readHeader(headers: unknown, name: string): Checked<string> {
  const [value, ...others] = valuesOf(headers, name)
  if (value === undefined) return refuse('missing_header', `The header ${name} is missing.`)
  if (others.length > 0) return refuse('duplicate_header', `The header ${name} came more than once.`)
  if (typeof value !== 'string' || value.length > MAX_HEADER_LENGTH || !PRINTABLE_ASCII.test(value)) {
    return refuse(
      'malformed_header',
      `The header ${name} must be 1 to ${MAX_HEADER_LENGTH} ASCII characters.`,
    )
  }
  return accept(value)
}

function valuesOf(headers: unknown, name: string): unknown[] {
  if (Array.isArray(headers)) {
    return headers.filter((_, index) => index % 2 === 1 && isName(headers[index - 1], name))
  }
  if (typeof headers !== 'object' || headers === null) return []
  if (isWebHeaders(headers)) return present([headers.get(name)])
  const entries = Object.entries(headers).filter(([key]) => isName(key, name))
  return present(entries.flatMap(([, value]: [string, unknown]) => value))
}

function isWebHeaders(headers: object): headers is { get(name: string): unknown } {
  return 'get' in headers && typeof headers.get === 'function'
}

function isName(candidate: unknown, name: string): boolean {
  return typeof candidate === 'string' && candidate.length === name.length && candidate.toLowerCase() === name
}

function present(values: unknown[]): unknown[] {
  return values.filter((value) => value !== undefined && value !== null)
}
