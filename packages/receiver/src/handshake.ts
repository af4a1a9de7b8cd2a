import type { Answer } from './answer'
import type { IncomingWebhook } from './incoming-webhook'
import type { Provider } from './provider'
import { headerReader } from './read-header'

/** The answer to a request by which the provider tries the endpoint; `null` where it is none. */
export async function handshakeOf(
  provider: Provider,
  { headers, method, url }: Pick<IncomingWebhook, 'headers' | 'method' | 'url'>,
  body: Uint8Array,
): Promise<Answer | null> {
  if (provider.handshake === undefined) return null
  const read = headerReader(headers)
  const header = (name: string) => {
    const value = read(name)
    return value.ok ? value.value : undefined
  }
  return provider.handshake({ method, url, header, body })
}
