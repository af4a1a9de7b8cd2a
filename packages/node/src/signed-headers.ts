import { HEADERS, sign } from '@arunika/protocol'

/** Who signs. */
export interface Credentials {
  appId: string
  apiKey: string
}

/**
 * The headers of a request with this body.
 *
 * @param body - The bytes exactly as they will be sent.
 * @param nowMs - Milliseconds since the epoch: the server takes a signature for 300 s only, so each try needs its own.
 */
export async function signedHeaders(
  { appId, apiKey }: Credentials,
  body: Uint8Array,
  nowMs: number,
): Promise<Record<string, string>> {
  const timestamp = Math.floor(nowMs / 1000)
  return {
    'content-type': 'application/json',
    [HEADERS.appId]: appId,
    [HEADERS.apiKey]: apiKey,
    [HEADERS.timestamp]: String(timestamp),
    [HEADERS.signature]: await sign({ apiKey, timestamp, body }),
  }
}
