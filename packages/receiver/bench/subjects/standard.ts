import { createHmac } from 'node:crypto'

/** The secret of every subject that takes a Standard Webhooks one. */
export const KEY = Buffer.alloc(32, 7)
export const SECRET = `whsec_${KEY.toString('base64')}`
export const WEBHOOK_ID = 'msg_2b8f0c1d4e5a6b7c8d9e0f1a'
export const NOW_SECONDS = Math.floor(Date.now() / 1_000)

/** A delivery by Standard Webhooks. */
export function standardHeaders(body: Buffer): Record<string, string> {
  const mac = createHmac('sha256', KEY).update(`${WEBHOOK_ID}.${NOW_SECONDS}.`).update(body).digest('base64')
  return {
    'content-type': 'application/json',
    'webhook-id': WEBHOOK_ID,
    'webhook-timestamp': String(NOW_SECONDS),
    'webhook-signature': `v1,${mac}`,
  }
}
