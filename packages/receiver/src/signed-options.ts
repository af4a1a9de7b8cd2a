import { checkChoice, checkFunction, checkOptions, checkText } from './check-options'
import { IN_EITHER, isPath, isText, lowerHeader, resolveEvent, type EventOptions } from './event-options'
import { checkTolerance } from './preset'
import type { SignedParts, Strength } from './provider'
import { publicUrl } from './public-url'
import type { Part } from './concat-bytes'
import type { SignatureForm } from './signature-form'
import type { TimestampForm } from './read-timestamp'
import type { SignedForm } from './signed-scheme'

/** What a builder needs to know of a sender that signs. */
export interface SignedOptions extends EventOptions {
  /** The sender's name. Events of different senders with the same id are told apart by it. */
  name: string
  /** Where the signature stands, and how it is written. */
  signature: SignatureForm
  /**
   * Where the time of the signature stands, and how far it may be from the clock either way. A scheme that has one must put
   * it into `signed`.
   */
  timestamp?: TimestampForm
  /**
   * What the sender signs, in order. Where it signs in one of several ways, a list of such lists: each is tried.
   *
   * @defaultValue the body alone
   */
  signed?: (parts: SignedParts) => readonly Part[] | readonly (readonly Part[])[]
  /** The URL, for a scheme that signs it: the public one, or `'request'` for that of the request. */
  url?: string
  /**
   * What the scheme proves, where it signs less than the whole body.
   *
   * @defaultValue `'signed'` with a timestamp, else `'signed-without-time'`
   */
  strength?: Strength
}

/** The names of the options that the parts of an event are not. */
export const SIGNED_OPTIONS = {
  signature: true,
  timestamp: true,
  signed: true,
  url: true,
  strength: true,
} as const

/** @throws TypeError where an option is missing or wrong, with what to pass instead. It never holds a secret. */
export function resolveSigned(options: SignedOptions): SignedForm {
  const { name, signed, timestamp, url, strength = timestamp ? 'signed' : 'signed-without-time' } = options
  if (signed !== undefined) {
    checkFunction(`${name}: signed`, signed, 'that gives the parts which the sender signs')
  } else if (timestamp !== undefined) {
    // A time that is not signed proves nothing.
    throw new TypeError(`${name}: give \`signed\`, with the timestamp in it.`)
  }
  checkChoice(`${name}: strength`, strength, ['signed', 'signed-without-time', 'token-only'])
  return {
    ...resolveEvent(name, options),
    strength,
    signature: resolveSignature(name, options.signature),
    timestamp: timestamp && resolveTimestamp(name, timestamp),
    signed,
    url: url === undefined ? undefined : publicUrl(name, url === 'request' ? undefined : url),
  }
}

function resolveSignature(name: string, form: SignatureForm): SignatureForm {
  const owner = `${name}: signature`
  const resolved = resolvePlace(owner, form, { encoding: true })
  checkChoice(`${owner}.encoding`, form.encoding, ['hex', 'base64'])
  return resolved
}

function resolveTimestamp(name: string, form: TimestampForm): TimestampForm {
  const owner = `${name}: timestamp`
  const resolved = resolvePlace(owner, form, { toleranceSeconds: true, unit: true })
  checkTolerance(name, form.toleranceSeconds)
  const { unit = 's' } = form
  checkChoice(`${owner}.unit`, unit, ['s', 'ms'])
  return resolved
}

/** @param own - The options that this place has beside those of all. */
function resolvePlace<Form extends SignatureForm | TimestampForm>(
  owner: string,
  form: Form,
  own: Record<string, true>,
): Form {
  checkOptions<object>(owner, form, { header: true, field: true, ...own, prefix: true, separator: true })
  const { prefix = '', separator } = form
  if (isText(form.header) ? form.field !== undefined : !isPath(form.field)) {
    throw new TypeError(`${owner} must be ${IN_EITHER}.`)
  }
  if (prefix !== '') checkText(`${owner}.prefix`, prefix, 'what stands before it')
  if (separator !== undefined) checkText(`${owner}.separator`, separator, 'what stands between entries')
  return lowerHeader(form)
}
