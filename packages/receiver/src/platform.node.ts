/* eslint-disable @typescript-eslint/no-restricted-imports -- taken where there is Node alone */
import { Buffer } from 'node:buffer'
import { createHash, createHmac, createPublicKey, createSecretKey, verify } from 'node:crypto'
import { BASE64 } from './base64'
import type { Part } from './concat-bytes'
import { HEX } from './hex'
import type * as web from './platform'

/** What takes content part by part, so that a large body is never copied. */
interface Sink {
  update(part: Part): unknown
}

/** Each call of `update` costs more than joining short texts. */
function feed<To extends Sink>(sink: To, content: readonly Part[]): To {
  let text = ''
  for (const part of content) {
    if (typeof part === 'string') {
      text += part
      if (!endsInHalf(part)) continue
      sink.update(text)
      text = ''
      continue
    }
    if (text !== '') sink.update(text)
    text = ''
    sink.update(part)
  }
  if (text !== '') sink.update(text)
  return sink
}

export const synchronous = true

export { matchCodes } from './match-codes-by-words'

export const hmacBy: typeof web.hmacBy = (hash, encoding, keys) => {
  const algorithm = nodeName(hash)
  // Made once: from its bytes, a key costs as much as the HMAC of 2 KB.
  const secrets = keys.map((key) => createSecretKey(key))
  return (content) => secrets.map((secret) => feed(createHmac(algorithm, secret), content).digest(encoding))
}

export const digest = (hash: Parameters<typeof web.digest>[0], content: readonly Part[]): Uint8Array =>
  feed(createHash(nodeName(hash)), content).digest()

/** What stands before the 32 bytes of an ed25519 key in its SPKI form (RFC 8410). */
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex')

export const signatureCheck: typeof web.signatureCheck = (algorithm, key) => {
  const ed25519 = algorithm === 'ed25519'
  const spki = ed25519 ? Buffer.concat([ED25519_SPKI, key]) : Buffer.from(key)
  const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' })
  const { namedCurve } = publicKey.asymmetricKeyDetails ?? {}
  if (!ed25519 && namedCurve !== 'prime256v1') throw new TypeError('a key of another algorithm')
  return (content, signature) => {
    const parts = content.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))
    return verify(ed25519 ? null : 'sha256', Buffer.concat(parts), publicKey, signature)
  }
}

export const decodeBase64: typeof web.decodeBase64 = (text) =>
  text !== '' && BASE64.test(text) ? Buffer.from(text, 'base64') : null

export const decodeHex: typeof web.decodeHex = (text) => (HEX.test(text) ? Buffer.from(text, 'hex') : null)

function nodeName(hash: string): string {
  return hash.replace('-', '').toLowerCase()
}

/** Whether text ends in half a character: joined with the other half, it would be another one. */
function endsInHalf(text: string): boolean {
  const last = text.charCodeAt(text.length - 1)
  return last >= 0xd800 && last < 0xdc00
}
