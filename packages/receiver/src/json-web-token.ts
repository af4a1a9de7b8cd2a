import { decodeBase64 } from '#platform'
import { encodeBase64Url } from './base64'
import { utf8 } from './concat-bytes'
import { refuse } from './refuse'

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

/**
 * The part of a JWT that is signed, unproved; the signature stands behind it and a full stop. Refused where it is malformed, of
 * another algorithm, out of its time, or lacks a claim.
 */
export function readJwt(text: string, form: JwtForm, nowMs: number): string {
  const { algorithm, claims = {}, toleranceSeconds = DEFAULT_TOLERANCE_SECONDS } = form
  const [head = '', payload = '', code = '', ...others] = text.split('.')
  const header = decodeJson(head)
  const claimed = decodeJson(payload)
  // RFC 7515: a token with critical extensions must be refused by whoever does not know them.
  if (!header || !claimed || !decodeBase64Url(code) || others.length > 0 || 'crit' in header) malformed()
  if (header['alg'] !== algorithm) malformed()
  const { exp = Infinity, nbf = -Infinity } = claimed
  if (typeof exp !== 'number' || typeof nbf !== 'number') malformed()
  const nowSeconds = nowMs / 1000
  // Negated, so that a clock that gives NaN refuses.
  if (!(nowSeconds < exp + toleranceSeconds)) refuse('timestamp_too_old', 'The token has expired.')
  if (!(nowSeconds >= nbf - toleranceSeconds)) refuse('timestamp_too_new', 'The token is not valid yet.')
  for (const [name, value] of Object.entries(claims)) {
    if (!Object.hasOwn(claimed, name) || claimed[name] !== value) {
      refuse('signature_mismatch', `The token has not the claim ${name} that is demanded.`)
    }
  }
  return `${head}.${payload}`
}

/** The part of a JWT that is signed. */
export function jwtContent(algorithm: JwtAlgorithm, claims: object): string {
  const encode = (part: object) => encodeBase64Url(utf8(JSON.stringify(part)))
  return `${encode({ alg: algorithm, typ: 'JWT' })}.${encode(claims)}`
}

function decodeBase64Url(text: string): Uint8Array | null {
  if (/[^\w-]/.test(text)) return null
  const base64 = text.replaceAll('-', '+').replaceAll('_', '/')
  return decodeBase64(base64.padEnd(Math.ceil(base64.length / 4) * 4, '='))
}

function decodeJson(text: string): Record<string, unknown> | null {
  try {
    const bytes = decodeBase64Url(text)
    const value: unknown = bytes && JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null
  } catch {
    return null
  }
}

function malformed(): never {
  return refuse('malformed_header', 'The token is no JWT of this scheme.')
}
