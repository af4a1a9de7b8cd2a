import { WebhookPayloadError } from './errors/webhook-payload-error'
import type { Proved, Provider, Strength } from './provider'
import { fieldAt, textOf, type Path, type Source } from './source'

/** Above this, a number of the body that is a time counts milliseconds; below, seconds (until the year 5138). */
const FIRST_MS = 1e11

/**
 * A webhook that its provider has signed. What the scheme itself proves is here at once; what is in the body is read on
 * first use, since whatever was signed verifies, JSON or not.
 *
 * @example
 * const { id, type, payload } = await verify(provider, request)
 */
export class VerifiedWebhook<Proven extends Strength = Strength> {
  /** Which secret of the list it was signed with: 0 is the newest. */
  readonly matchedSecret: number
  /** What the provider's scheme proves. */
  readonly strength: Proven
  readonly #proved: Proved
  readonly #event: Provider['event']
  #ownId: string | undefined

  /** @param ownId - What the id is made of where the sender gives none, if that could not wait. */
  constructor(provider: Provider<Proven>, proved: Proved, ownId?: string) {
    this.matchedSecret = proved.matchedSecret
    this.strength = provider.strength
    this.#proved = proved
    this.#event = provider.event
    this.#ownId = ownId
  }

  /** The bytes that were signed. */
  get body(): Uint8Array {
    return this.#proved.body.bytes
  }

  /**
   * When the provider signed this delivery. Where its scheme signs no time: when the event happened, by the body; `null`
   * where that does not tell either.
   */
  get timestamp(): Date | null {
    const { timestampMs } = this.#proved
    if (timestampMs !== null) return new Date(timestampMs)
    return this.#event.time === undefined ? null : this.#timeAt(this.#event.time.field)
  }

  /**
   * The event's id: the same over all deliveries of one event.
   *
   * @throws WebhookPayloadError where the id is in the body, and the body has none.
   */
  get id(): string {
    // Kept, since making one may cost a hash, or give another at each call.
    return this.#proved.id ?? (this.#ownId ??= this.#text(this.#event.id))
  }

  /**
   * The event's type, such as `order.shipped`.
   *
   * @throws WebhookPayloadError where the type is in the body, and the body has none.
   */
  get type(): string {
    return this.#proved.type ?? this.#text(this.#event.type)
  }

  /**
   * The whole body, parsed.
   *
   * @throws WebhookPayloadError where the body is not of the provider's form: for most, JSON in UTF-8.
   */
  get payload(): unknown {
    return this.#proved.body.payload
  }

  /**
   * The event's data: the part of the payload that depends on the type. `undefined` where the provider sent none.
   *
   * @throws WebhookPayloadError where the body is not of the provider's form.
   */
  get data(): unknown {
    return this.#event.data ? fieldAt(this.payload, this.#event.data.field) : this.payload
  }

  #text(source: Source): string {
    const text = textOf(source, this.#proved.body)
    if (typeof text === 'string') return text
    // One that comes too late: that it may fail besides must not end the process.
    if (text instanceof Promise) text.catch(() => undefined)
    const { field, fields } = source as { field?: Path; fields?: readonly Path[] }
    throw new WebhookPayloadError(`The body has no text under "${String(field ?? fields)}".`)
  }

  #timeAt(field: Path): Date | null {
    try {
      const value = fieldAt(this.payload, field)
      const time = new Date(typeof value === 'number' && value < FIRST_MS ? value * 1000 : (value as string))
      return typeof value !== 'object' && Number.isFinite(time.getTime()) ? time : null
    } catch {
      return null
    }
  }
}
