import { createHmac } from 'node:crypto'
import { HEADERS, signingString } from '@arunika/protocol'

/** Who signs. */
export interface Credentials {
  appId: string
  apiKey: string
}

/**
 * The headers of a request with this body. With Node's own HMAC: the one of the platform would come a turn of the loop later, and
 * cost three times as much.
 *
 * @param body - The bytes exactly as they will be sent.
 * @param nowMs - Milliseconds since the epoch: the server takes a signature for 300 s only, so each try needs its own.
 */
export function signedHeaders(
  { appId, apiKey }: Credentials,
  body: Uint8Array,
  nowMs: number,
): Record<string, string> {
  const timestamp = Math.floor(nowMs / 1000)
  const mac = createHmac('sha256', apiKey).update(signingString(timestamp, body)).digest('hex')
  return {
    'content-type': 'application/json',
    [HEADERS.appId]: appId,
    [HEADERS.apiKey]: apiKey,
    [HEADERS.timestamp]: String(timestamp),
    [HEADERS.signature]: `sha256=${mac}`,
  }
}
