import { WebhookPayloadError } from './errors/webhook-payload-error'
import type { Claim, Provider, Source, Strength } from './provider'

/**
 * A webhook that its provider has signed. What the scheme itself proves is here at once; what is in the body is read on
 * first use, since whatever was signed verifies, JSON or not.
 *
 * @example
 * const { id, type, payload } = await verify(provider, request)
 */
export class VerifiedWebhook {
  /** When the provider signed this delivery; `null` where its scheme has no time. */
  readonly timestamp: Date | null
  /** The bytes that were signed. */
  readonly body: Uint8Array
  /** Which secret of the list it was signed with: 0 is the newest. */
  readonly matchedSecret: number
  /** What the provider's scheme proves. */
  readonly strength: Strength
  readonly #claim: Claim
  readonly #event: Provider['event']
  #payload: { json: unknown } | undefined

  constructor(provider: Provider, claim: Claim, body: Uint8Array, matchedSecret: number) {
    this.timestamp = claim.timestampMs === null ? null : new Date(claim.timestampMs)
    this.body = body
    this.matchedSecret = matchedSecret
    this.strength = provider.strength
    this.#claim = claim
    this.#event = provider.event
  }

  /**
   * The event's id: the same over all deliveries of one event.
   *
   * @throws WebhookPayloadError where the id is in the body, and the body has none.
   */
  get id(): string {
    return this.#claim.id ?? this.#text(this.#event.id)
  }

  /**
   * The event's type, such as `order.shipped`.
   *
   * @throws WebhookPayloadError where the type is in the body, and the body has none.
   */
  get type(): string {
    return this.#claim.type ?? this.#text(this.#event.type)
  }

  /**
   * The whole body, parsed.
   *
   * @throws WebhookPayloadError where the body is not JSON in UTF-8.
   */
  get payload(): unknown {
    this.#payload ??= { json: parse(this.body) }
    return this.#payload.json
  }

  /**
   * The event's data: the part of the payload that depends on the type. `undefined` where the provider sent none.
   *
   * @throws WebhookPayloadError where the body is not JSON in UTF-8.
   */
  get data(): unknown {
    return this.#event.data ? this.#field(this.#event.data) : this.payload
  }

  #text(source: Source): string {
    const value = this.#field(source)
    if (typeof value === 'string' && value !== '') return value
    throw new WebhookPayloadError(
      `The body has no text under "${'field' in source ? source.field : source.header}".`,
    )
  }

  #field(source: Source): unknown {
    const { payload } = this
    if ('header' in source || typeof payload !== 'object' || payload === null) return undefined
    return Object.hasOwn(payload, source.field)
      ? (payload as Record<string, unknown>)[source.field]
      : undefined
  }
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch (cause) {
    throw new WebhookPayloadError('The body is signed, but it is not JSON in UTF-8.', { cause })
  }
}
