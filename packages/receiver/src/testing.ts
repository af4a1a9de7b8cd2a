import { encodeBase64 } from './base64'
import { checkOptions } from './check-options'
import { concatBytes, type Part } from './concat-bytes'
import { derEcdsaSignature } from './ecdsa-signature'
import { encodeHex } from './hex'
import { checkProvider, type Provider, type Scheme } from './provider'
import { fieldAt, textAt, type Path } from './source'

/** What {@link sign} signs. */
export interface SignOptions {
  /** The body: text or bytes as they are, `URLSearchParams` as a form, anything else as JSON. */
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
  /**
   * The URL that the delivery goes to, for providers that sign it.
   *
   * @defaultValue that of the preset, or `https://localhost/`
   */
  url?: string
  /** @defaultValue `'POST'` */
  method?: string
  /** The private key, for providers that sign by one: Web Crypto's, usable to sign. */
  privateKey?: CryptoKey
}

/** A delivery as the provider would send it. */
export interface SignedDelivery {
  /** Names in lower case. */
  headers: Record<string, string>
  body: string | Uint8Array<ArrayBuffer>
  /** Where the provider signs it. */
  url?: string
}

/**
 * Signs a delivery as the provider does, with the newest secret, so that you can test your own handlers. What a provider
 * puts into the body (a time, a signature) is added to a body that is JSON.
 *
 * @throws TypeError where the provider is none, an option is unknown, or a private key is needed.
 * @example
 * const { headers, body } = await sign(provider, { body: { type: 'order.shipped', data: { orderId: 'o-1' } } })
 * await fetch(url, { method: 'POST', headers, body })
 */
export async function sign(provider: Provider, options: SignOptions): Promise<SignedDelivery> {
  checkProvider('sign', provider)
  checkOptions('sign', options, {
    body: true,
    id: true,
    type: true,
    timestampMs: true,
    url: true,
    method: true,
    privateKey: true,
  })
  const { event, scheme } = provider
  const { id = `msg_${crypto.randomUUID()}`, type = 'test', timestampMs = Date.now() } = options
  const idHeader = 'header' in event.id ? event.id.header : null
  const headers: Record<string, string> = {
    'content-type':
      options.body instanceof URLSearchParams ? 'application/x-www-form-urlencoded' : 'application/json',
    ...(idHeader !== null && { [idHeader]: id }),
    ...('header' in event.type && { [event.type.header]: type }),
  }
  if ('headers' in scheme) {
    return { headers: { ...headers, ...(await scheme.headers(timestampMs)) }, body: written(options.body) }
  }
  const { signature, timestamp } = scheme
  const time = String(timestamp?.unit === 'ms' ? timestampMs : Math.floor(timestampMs / 1000))
  let body = options.body
  if (timestamp?.field !== undefined)
    body = withField(body, timestamp.field, timestamp.unit === 'ms' ? +time : time)
  if (signature.field !== undefined && 'field' in event.id) {
    body = withField(body, event.id.field, textAt(body, event.id.field) ?? id)
  }
  const bytes = concatBytes([written(body)])
  const baseUrl = options.url ?? scheme.url?.configured ?? 'https://localhost/'
  const url = (await scheme.writeUrl?.(baseUrl, bytes)) ?? baseUrl
  const signed = scheme.signed({
    id: idHeader === null ? '' : id,
    timestamp: timestamp === null ? '' : time,
    body: bytes,
    url: scheme.url === undefined ? '' : url,
    method: (options.method ?? 'POST').toUpperCase(),
    payload: body,
  })
  const content = (Array.isArray(signed[0]) ? signed[0] : signed) as readonly Part[]
  const text = (signature.prefix ?? '') + (await codeOf(scheme, content, options.privateKey))
  if (timestamp?.header !== undefined) headers[timestamp.header] = `${timestamp.prefix ?? ''}${time}`
  if (signature.field !== undefined) body = withField(body, signature.field, text)
  else if (signature.header === timestamp?.header)
    headers[signature.header] = `${timestamp.prefix ?? ''}${time}${signature.separator ?? ''}${text}`
  else headers[signature.header] = text
  return { headers, body: written(body), ...(scheme.url !== undefined && { url }) }
}

/** The signature of a content, as the scheme writes it. */
async function codeOf(
  { signature: { encoding }, sign, algorithm }: Exclude<Scheme, { headers: unknown }>,
  content: readonly Part[],
  privateKey: CryptoKey | undefined,
): Promise<string> {
  if (sign !== undefined) return sign(content)
  if (privateKey === undefined) {
    throw new TypeError(
      'sign: this provider signs by a private key; give privateKey, the pair of its public key.',
    )
  }
  const how = algorithm === 'ed25519' ? 'Ed25519' : { name: 'ECDSA', hash: 'SHA-256' }
  const raw = new Uint8Array(await crypto.subtle.sign(how, privateKey, concatBytes(content)))
  const code = algorithm === 'ed25519' ? raw : derEcdsaSignature(raw)
  return encoding === 'hex' ? encodeHex(code) : encodeBase64(code)
}

function written(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (body instanceof Uint8Array) return Uint8Array.from(body)
  if (body instanceof URLSearchParams) return body.toString()
  return typeof body === 'string' ? body : JSON.stringify(body)
}

/** A copy of a JSON body with a field set. */
function withField(body: unknown, path: Path, value: unknown): unknown {
  if (typeof body !== 'object' || body === null || body instanceof Uint8Array) {
    throw new TypeError('sign: this provider signs within the body; give the body as an object.')
  }
  const [name = '', ...rest] = typeof path === 'string' ? [path] : path
  const inner = rest.length > 0 ? withField(fieldAt(body, name) ?? {}, rest, value) : value
  return { ...body, [name]: inner }
}
