import { decodeBase64 } from '#platform'
import { encodeBase64 } from './base64'
import { utf8 } from './concat-bytes'
import type { OpenedRequest } from './provider'

/** How a JWT is signed. It is chosen here, never by the token. */
export type JwtAlgorithm = 'HS256' | 'HS512'

/** What a JWT must be. */
export interface JwtForm {
  algorithm: JwtAlgorithm
  /** Claims that it must have, with exactly these values. */
  claims?: Readonly<Record<string, string>> | undefined
  /**
   * How far the clocks may differ where `exp` and `nbf` are checked, in seconds.
   *
   * @defaultValue 60
   */
  toleranceSeconds?: number | undefined
}

const DEFAULT_TOLERANCE_SECONDS = 60

/** What a JWT's signature, in base64, is to hold for. */
export interface SignedToken {
  content: string
  signature: string
}

/** The parts of a JWT, unproved; refused where it is malformed, of another algorithm, out of its time, or lacks a claim. */
export function readJwt(request: OpenedRequest, text: string, form: JwtForm, nowMs: number): SignedToken {
  const { algorithm, claims = {}, toleranceSeconds = DEFAULT_TOLERANCE_SECONDS } = form
  const [head = '', payload = '', code = '', ...others] = text.split('.')
  const header = decodeJson(head)
  const claimed = decodeJson(payload)
  // RFC 7515: a token with critical extensions must be refused by whoever does not know them.
  if (!header || !claimed || !decode(code) || others.length > 0 || 'crit' in header) malformed(request)
  if (header['alg'] !== algorithm) malformed(request)
  const { exp = Number.MAX_VALUE, nbf = 0 } = claimed
  // JSON can write numbers that are infinite here.
  if (![exp, nbf].every(Number.isFinite)) malformed(request)
  const nowSeconds = nowMs / 1000
  // Negated, so that a clock that gives NaN refuses.
  if (!(nowSeconds < (exp as number) + toleranceSeconds))
    request.refuse('timestamp_too_old', 'The token has expired.')
  if (!(nowSeconds >= (nbf as number) - toleranceSeconds))
    request.refuse('timestamp_too_new', 'The token is not valid yet.')
  for (const [name, value] of Object.entries(claims)) {
    if (!Object.hasOwn(claimed, name) || claimed[name] !== value) {
      request.refuse('signature_mismatch', `The token lacks the claim ${name}.`)
    }
  }
  return { content: `${head}.${payload}`, signature: fromUrl(code) }
}

/** The part of a JWT that is signed. */
export function jwtContent(algorithm: JwtAlgorithm, claims: object): string {
  const encode = (part: object) => toUrl(encodeBase64(utf8(JSON.stringify(part))))
  return `${encode({ alg: algorithm, typ: 'JWT' })}.${encode(claims)}`
}

/** Base64 as URLs have it (RFC 4648, section 5), without padding. */
export function toUrl(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function fromUrl(text: string): string {
  const base64 = text.replaceAll('-', '+').replaceAll('_', '/')
  return base64.padEnd(Math.ceil(base64.length / 4) * 4, '=')
}

function decode(text: string): Uint8Array | null {
  return /[^\w-]/.test(text) ? null : decodeBase64(fromUrl(text))
}

function decodeJson(text: string): Record<string, unknown> | null {
  try {
    const bytes = decode(text)
    const value: unknown = bytes && JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null
  } catch {
    return null
  }
}

function malformed(request: OpenedRequest): never {
  return request.refuse('malformed_header', 'The token is no JWT of this scheme.')
}
