import type { Answer } from './answer'
import type { IncomingWebhook } from './incoming-webhook'
import type { Provider } from './provider'
import { headerReader } from './read-header'

/**
 * The answer to a request by which the provider tries the endpoint; `null` where it is none.
 *
 * @param payload - The parsed body, where the request was verified.
 */
export async function handshakeOf(
  { handshake }: Provider,
  { headers, method, url }: Pick<IncomingWebhook, 'headers' | 'method' | 'url'>,
  payload?: unknown,
): Promise<Answer | null> {
  return (await handshake?.({ method, url, header: headerReader(headers), payload })) ?? null
}
