import type { Answer } from './answer'
import type { IncomingWebhook } from './incoming-webhook'
import type { Provider } from './provider'
import { headerReader } from './read-header'
import type { VerifiedWebhook } from './verified-webhook'

/**
 * The answer to a request by which the provider tries the endpoint; `null` where it is none.
 *
 * @param webhook - What the request was verified to be, where its method is signed.
 */
export async function handshakeOf(
  { handshake }: Provider,
  { headers, method, url }: Pick<IncomingWebhook, 'headers' | 'method' | 'url'>,
  webhook?: VerifiedWebhook,
): Promise<Answer | null> {
  if (handshake === undefined) return null
  return handshake({ method, url, header: headerReader(headers), payload: webhook && payloadOf(webhook) })
}

/** The parsed body; `undefined` where it is of another form, as that of no handshake is. */
function payloadOf(webhook: VerifiedWebhook): unknown {
  try {
    return webhook.payload
  } catch {
    return undefined
  }
}
