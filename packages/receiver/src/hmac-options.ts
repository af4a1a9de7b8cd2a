import { HASH_BYTES, type HmacHash } from './authentication-codes'
import { checkFunction, checkOptions, checkText } from './check-options'
import type { Provider, SignedParts, Source } from './provider'
import type { SignatureForm } from './read-signatures'
import { readSecrets, type Secret } from './secrets'

/** What {@link hmac} needs to know of a sender. */
export interface HmacOptions {
  /** The sender's name. Events of different senders with the same id are told apart by it. */
  name: string
  /** One secret, or several with the newest first. */
  secret: Secret
  /** @defaultValue `'SHA-256'` */
  hash?: HmacHash
  /** Where the signature stands, and how it is written. */
  signature: SignatureForm
  /**
   * The header with the Unix seconds of the signature, and how far they may be from the clock either way. A scheme that
   * has one must put it into `signed`.
   *
   * @defaultValue `toleranceSeconds` is 300
   */
  timestamp?: { header: string; toleranceSeconds?: number | undefined }
  /**
   * What the sender signs, in order.
   *
   * @defaultValue the body alone
   */
  signed?: (parts: SignedParts) => readonly (string | Uint8Array)[]
  /** Where the event's id is. */
  id: Source
  /** Where the event's type is. */
  type: Source
  /**
   * Where the event's data is.
   *
   * @defaultValue the whole body
   */
  data?: Source
}

/** The options with their defaults, and header names in lower case. */
export interface ResolvedHmacOptions {
  name: string
  keys: readonly Uint8Array[]
  hash: HmacHash
  signature: SignatureForm
  timestamp: { header: string; toleranceSeconds: number } | null
  signed: NonNullable<HmacOptions['signed']>
  event: Provider['event']
}

const DEFAULT_TOLERANCE_SECONDS = 300

/** @throws TypeError where an option is missing or wrong, with what to pass instead. It never holds a secret. */
export function resolveHmacOptions(options: HmacOptions): ResolvedHmacOptions {
  checkOptions('hmac', options, {
    name: true,
    secret: true,
    hash: true,
    signature: true,
    timestamp: true,
    signed: true,
    id: true,
    type: true,
    data: true,
  })
  const { name, hash = 'SHA-256', signed = bodyAlone, data } = options
  checkText('hmac: name', name, "the sender's name")
  if (!Object.hasOwn(HASH_BYTES, hash)) {
    throw new TypeError(`${name}: hash must be one of ${Object.keys(HASH_BYTES).join(', ')}.`)
  }
  checkFunction(`${name}: signed`, signed, 'that gives the parts which the sender signs')
  if (options.timestamp !== undefined && options.signed === undefined) {
    throw new TypeError(
      `${name}: give \`signed\`, with the timestamp in it: a time that is not signed proves nothing.`,
    )
  }
  return {
    name,
    keys: readSecrets(name, options.secret),
    hash,
    signature: resolveSignature(name, options.signature),
    timestamp: options.timestamp === undefined ? null : resolveTimestamp(name, options.timestamp),
    signed,
    event: {
      id: resolveSource(name, 'id', options.id),
      type: resolveSource(name, 'type', options.type),
      ...(data !== undefined && { data: resolveSource(name, 'data', data) }),
    },
  }
}

function resolveSignature(name: string, form: SignatureForm): SignatureForm {
  const owner = `${name}: signature`
  checkOptions(owner, form, { header: true, encoding: true, prefix: true, separator: true })
  const { header, encoding, prefix = '', separator } = form
  checkText(`${owner}.header`, header, 'the name of a header')
  if (!['hex', 'base64'].includes(encoding)) {
    throw new TypeError(`${owner}.encoding must be 'hex' or 'base64'.`)
  }
  if (prefix !== '') checkText(`${owner}.prefix`, prefix, 'what stands before each signature')
  if (separator !== undefined) {
    checkText(`${owner}.separator`, separator, 'what stands between signatures')
  }
  return { ...form, header: header.toLowerCase() }
}

function resolveTimestamp(
  name: string,
  timestamp: NonNullable<HmacOptions['timestamp']>,
): NonNullable<ResolvedHmacOptions['timestamp']> {
  checkOptions(`${name}: timestamp`, timestamp, { header: true, toleranceSeconds: true })
  const { header, toleranceSeconds = DEFAULT_TOLERANCE_SECONDS } = timestamp
  checkText(`${name}: timestamp.header`, header, 'the name of a header')
  if (!(Number.isFinite(toleranceSeconds) && toleranceSeconds >= 0)) {
    throw new TypeError(`${name}: toleranceSeconds must be a number of seconds, 0 or more.`)
  }
  return { header: header.toLowerCase(), toleranceSeconds }
}

function resolveSource(name: string, part: keyof Provider['event'], source: unknown): Source {
  const places = typeof source === 'object' && source !== null ? Object.entries(source) : []
  const [place, where]: [string?, unknown?] = places[0] ?? []
  if (places.length === 1 && typeof where === 'string' && where !== '') {
    if (place === 'header') return { header: where.toLowerCase() }
    if (place === 'field') return { field: where }
  }
  throw new TypeError(
    `${name}: ${part} must be { header: '…' } or { field: '…' }, where the event's ${part} is.`,
  )
}

function bodyAlone({ body }: SignedParts): readonly Uint8Array[] {
  return [body]
}
