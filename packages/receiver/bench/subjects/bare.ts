import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Subject } from '../subject'
import { KEY, NOW_SECONDS, standardHeaders, WEBHOOK_ID } from './standard'

/** What no library can do without: one HMAC over what is signed, and a comparison. It reads nothing else, and checks no time. */
export const BARE: Subject = {
  name: 'bare HMAC',
  headersFor: standardHeaders,
  verify: (body, headers) => check(body, headers),
}

/** The same, and the body as an object. */
export const BARE_PARSED: Subject = {
  name: 'bare HMAC, parsed',
  headersFor: standardHeaders,
  verify(body, headers) {
    check(body, headers)
    return JSON.parse(body.toString()) as unknown
  },
}

function check(body: Buffer, headers: Record<string, string>): boolean {
  const mac = createHmac('sha256', KEY).update(`${WEBHOOK_ID}.${NOW_SECONDS}.`).update(body).digest()
  const given = Buffer.from(headers['webhook-signature']?.slice('v1,'.length) ?? '', 'base64')
  if (!timingSafeEqual(mac, given)) throw new Error('the signature does not match')
  return true
}
