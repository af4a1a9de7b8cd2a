import { encodeBase64 } from './base64'
import { checkOptions } from './check-options'
import { concatBytes } from './concat-bytes'
import { encodeHex } from './hex'
import { checkProvider, type Provider } from './provider'

/** What {@link sign} signs. */
export interface SignOptions {
  /** The body: text or bytes as they are, anything else as JSON. */
  body: unknown
  /**
   * The event's id, for providers that send it in a header.
   *
   * @defaultValue a new one at each call
   */
  id?: string
  /**
   * The event's type, for providers that send it in a header.
   *
   * @defaultValue `'test'`
   */
  type?: string
  /**
   * When it is signed, in milliseconds since the epoch.
   *
   * @defaultValue now
   */
  timestampMs?: number
}

/** A delivery as the provider would send it. */
export interface SignedDelivery {
  /** Names in lower case. */
  headers: Record<string, string>
  body: string | Uint8Array<ArrayBuffer>
}

/**
 * Signs a delivery as the provider does, with the newest secret, so that you can test your own handlers.
 *
 * @throws TypeError where the provider is none, or an option is unknown.
 * @example
 * const { headers, body } = await sign(provider, { body: { type: 'order.shipped', data: { orderId: 'o-1' } } })
 * await fetch(url, { method: 'POST', headers, body })
 */
export async function sign(provider: Provider, options: SignOptions): Promise<SignedDelivery> {
  checkProvider('sign', provider)
  checkOptions('sign', options, { body: true, id: true, type: true, timestampMs: true })
  const { event, scheme } = provider
  const body = bodyOf(options.body)
  const id = options.id ?? `msg_${crypto.randomUUID()}`
  const timestamp = String(Math.floor((options.timestampMs ?? Date.now()) / 1000))

  const content = concatBytes(
    scheme.signed({
      id: 'header' in event.id ? id : '',
      timestamp: scheme.timestampHeader === null ? '' : timestamp,
      body: concatBytes([body]),
    }),
  )
  const [code = new Uint8Array()] = await scheme.codes(content)
  const { signature } = scheme
  const written = signature.encoding === 'hex' ? encodeHex(code) : encodeBase64(code)
  return {
    headers: {
      'content-type': 'application/json',
      ...('header' in event.id && { [event.id.header]: id }),
      ...('header' in event.type && { [event.type.header]: options.type ?? 'test' }),
      ...(scheme.timestampHeader !== null && { [scheme.timestampHeader]: timestamp }),
      [signature.header]: `${signature.prefix ?? ''}${written}`,
    },
    body,
  }
}

function bodyOf(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (body instanceof Uint8Array) return Uint8Array.from(body)
  return typeof body === 'string' ? body : JSON.stringify(body)
}
