import type { ErrorCode } from './error-codes'
import { LIMITS } from './limits'

const SIGNATURE = /^sha256=[0-9a-f]{64}$/
const encoder = /* @__PURE__ */ new TextEncoder()

/** What {@link sign} needs. */
export interface SignInput {
  /** The API key, which is the HMAC's key. */
  apiKey: string
  /** Unix seconds, as in `X-Webhook-Timestamp`. */
  timestamp: number
  /** The body exactly as it is sent: after compression. */
  body: Uint8Array
}

/** What {@link verifySignature} needs. */
export interface VerifyInput {
  apiKey: string
  /** The header `X-Webhook-Timestamp`, as it came. */
  timestamp: string
  /** The header `X-Webhook-Signature`, as it came. */
  signature: string
  /** The body exactly as it came: before decompression. */
  body: Uint8Array
  /** The verifier's clock, in milliseconds since the epoch. */
  nowMs: number
}

/** A signature that verifies, or the code of the refusal. */
export type SignatureVerdict =
  { ok: true } | { ok: false; code: Extract<ErrorCode, 'timestamp_out_of_range' | 'invalid_signature'> }

/**
 * The bytes that are signed: the timestamp, a full stop, and the body as it is.
 *
 * @throws TypeError where the body is not bytes. A string in its place would be read as zeros, and a signature of zeros
 * is the same for every text of that length.
 * @example
 * signingString(1_700_000_000, new TextEncoder().encode('{}')) // the bytes of '1700000000.{}'
 */
export function signingString(timestamp: number | string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  if (!ArrayBuffer.isView(body))
    throw new TypeError('body must be a Uint8Array: the exact bytes of the request')
  const prefix = encoder.encode(`${timestamp}.`)
  const content = new Uint8Array(prefix.length + body.byteLength)
  content.set(prefix)
  content.set(new Uint8Array(body.buffer, body.byteOffset, body.byteLength), prefix.length)
  return content
}

/**
 * The value of `X-Webhook-Signature` for a body.
 *
 * @throws TypeError (a rejection) where the body is not bytes or the API key is empty.
 * @example
 * headers['x-webhook-signature'] = await sign({ apiKey, timestamp: 1_700_000_000, body })
 */
export async function sign({ apiKey, timestamp, body }: SignInput): Promise<string> {
  if (!apiKey) throw new TypeError('apiKey must be the API key of the app')
  const key = await importKey(apiKey, 'sign')
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, signingString(timestamp, body)))
  return `sha256=${Array.from(mac, (value) => value.toString(16).padStart(2, '0')).join('')}`
}

/**
 * Whether a server's request was signed with this key, not more than 300 s ago or ahead. The time is checked first,
 * since that costs nothing; the comparison takes the same time wherever the first difference is.
 *
 * Headers and a key of the wrong type do not verify.
 *
 * @throws TypeError (a rejection) where the body is not bytes: a caller's mistake, which no header can cause.
 * @example
 * const verdict = await verifySignature({ apiKey, timestamp, signature, body, nowMs: Date.now() })
 * if (!verdict.ok) reply(problem(verdict.code))
 */
export async function verifySignature(input: VerifyInput): Promise<SignatureVerdict> {
  if (!isTimely(input.timestamp, input.nowMs)) return { ok: false, code: 'timestamp_out_of_range' }
  if (!isComparable(input)) return { ok: false, code: 'invalid_signature' }
  const key = await importKey(input.apiKey, 'verify')
  const mac = fromHex(input.signature.slice('sha256='.length))
  const matches = await crypto.subtle.verify('HMAC', key, mac, signingString(input.timestamp, input.body))
  return matches ? { ok: true } : { ok: false, code: 'invalid_signature' }
}

/** True of strict digits within the tolerance either way, both ends included. */
function isTimely(timestamp: string, nowMs: number): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false
  return Math.abs(Math.floor(nowMs / 1000) - Number(timestamp)) <= LIMITS.signatureToleranceSeconds
}

/** True of parts of which a signature can be made at all. */
function isComparable({ apiKey, signature }: VerifyInput): boolean {
  return typeof apiKey === 'string' && apiKey !== '' && SIGNATURE.test(signature)
}

function importKey(apiKey: string, usage: 'sign' | 'verify') {
  return crypto.subtle.importKey('raw', encoder.encode(apiKey), { name: 'HMAC', hash: 'SHA-256' }, false, [
    usage,
  ])
}

function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16)
  return bytes
}
