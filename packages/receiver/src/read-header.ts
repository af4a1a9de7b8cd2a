import { refuse } from './refuse'

/** Longer values are nothing that a provider sends; it also bounds the time that reading one takes. */
export const MAX_VALUE_LENGTH = 8_192

/**
 * A request's headers in any of the usual forms: Web `Headers`, Node's `headers` or `rawHeaders`, or a plain object with
 * names in any case. `rawHeaders` is the best of them: only there a header that came twice can always be told.
 */
export type WebhookHeaders =
  | { get(name: string): string | null }
  | readonly string[]
  | Readonly<Record<string, string | readonly string[] | undefined>>

/** Reads a header by its name in lower case; refuses one that came twice, is empty, or is no text of a bounded length. */
export type ReadHeader = (name: string) => string | undefined

export function headerReader(headers: unknown): ReadHeader {
  const values = valuesIn(headers)
  return (name) => {
    const value = values(name)
    if (typeof value === 'string' && value !== '' && value.length <= MAX_VALUE_LENGTH) return value
    if (value === undefined || value === null) return undefined
    return value === SEVERAL
      ? refuse('duplicate_header', `The header ${name} came more than once.`)
      : refuse('malformed_header', malformedHeader(name))
  }
}

/** What a refusal of a header says. */
export function malformedHeader(name: string): string {
  return `The header ${name} must be 1 to ${MAX_VALUE_LENGTH} ASCII characters.`
}

/** Gives the one value of a header; {@link SEVERAL} where there are more. */
function valuesIn(headers: unknown): (name: string) => unknown {
  if (typeof headers !== 'object' || headers === null) return () => undefined
  if (!Array.isArray(headers) && isWebHeaders(headers)) return (name) => headers.get(name)
  // Of rawHeaders, every other one is a name.
  const names = Array.isArray(headers) ? headers : Object.keys(headers)
  const step = names === headers ? 2 : 1
  return (name) => {
    let found: unknown
    for (let index = 0; index < names.length; index += step) {
      if (!isName(names[index], name)) continue
      const value = oneOf(
        step === 2 ? names[index + 1] : (headers as Record<string, unknown>)[names[index] as string],
      )
      if (value === undefined || value === null) continue
      found = found === undefined ? value : SEVERAL
    }
    return found
  }
}

const SEVERAL = Symbol('several')

/** The one value of a list; what is no list is its own one. */
function oneOf(value: unknown): unknown {
  if (!Array.isArray(value)) return value
  return value.length > 1 ? SEVERAL : value[0]
}

function isWebHeaders(headers: object): headers is { get(name: string): unknown } {
  return 'get' in headers && typeof headers.get === 'function'
}

function isName(candidate: unknown, name: string): boolean {
  if (candidate === name) return true
  return typeof candidate === 'string' && candidate.length === name.length && candidate.toLowerCase() === name
}
