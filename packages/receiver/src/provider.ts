import type { Answer } from './answer'
import type { AttemptForm } from './attempt'
import type { Part } from './concat-bytes'
import type { VerificationErrorCode } from './errors/error-codes'
import type { MaybePromise } from './maybe-promise'
import type { OpenedBody, Parse } from './opened-body'
import type { PublicUrl } from './public-url'
import type { PublicKeyAlgorithm } from './public-key-proof'
import type { ReadHeader } from './read-header'
import type { SignatureForm } from './signature-form'
import type { Path, Source } from './source'
import type { TimestampForm } from './read-timestamp'

/**
 * What a provider's scheme proves. `signed`: the body and when it was sent. `signed-without-time`: the body, which can
 * be sent again at any time. `token-only`: that the sender knows a token (or has signed a part of the body); the rest of
 * the body can be anything.
 */
export type Strength = 'signed' | 'signed-without-time' | 'token-only'

/** A request, for a scheme to read. */
export interface OpenedRequest {
  header: ReadHeader
  body: OpenedBody
  url?: string | undefined
  method?: string | undefined
  /** Refuses it. @throws WebhookVerificationError always */
  refuse: (code: VerificationErrorCode, detail: string) => never
}

/** What was proved of a request. */
export interface Proved {
  /** The place of the secret that proves it, from 0. */
  matchedSecret: number
  /** When it was signed, where the scheme says so. */
  timestampMs: number | null
  /** The event's id and type, where they are in headers. */
  id: string | undefined
  type: string | undefined
  body: OpenedBody
}

/** Where the parts of an event are. Without `data`, the whole payload is the data. */
export interface EventForm {
  readonly id: Source
  readonly type: Source
  readonly data?: { field: Path } | undefined
  /** When it happened or was sent, by the body or a header: for schemes that sign no time of their own. */
  readonly time?: { field: Path } | undefined
  /** Whether making an id may take a promise even where the crypto takes none. */
  readonly waits?: boolean
  /** How the body's text becomes the payload. JSON unless told. */
  readonly parse?: Parse | undefined
  /** Where the sender tells which try to deliver it is, in a header that is not signed. */
  readonly attempt?: AttemptForm | undefined
}

/** The parts of a request that a scheme can sign. */
export interface SignedParts {
  /** As in the header that holds the event's id; empty where the body holds it. */
  readonly id: string
  /** As in the place that holds the time; empty where the scheme has none. */
  readonly timestamp: string
  /** The body, as a part: bytes, or text that stands for them. */
  readonly body: Part
  /** The public URL; empty where the scheme signs none. */
  readonly url: string
  /** In upper case. */
  readonly method: string
  /** The parsed body; `undefined` where it is of another form. */
  readonly payload: unknown
}

/** A request that may be a handshake. */
export interface HandshakeRequest {
  method?: string | undefined
  url?: string | undefined
  header: ReadHeader
  /** The parsed body of a request that was verified; `undefined` of any other, and where it is of another form. */
  payload?: unknown
}

/** How a scheme writes a request, for the test signer. It gives signatures and tokens, never keys by themselves. */
export type Scheme =
  | {
      signature: SignatureForm
      timestamp: TimestampForm | null
      signed: (parts: SignedParts) => readonly Part[] | readonly (readonly Part[])[]
      /** Where the scheme signs a URL. */
      url?: PublicUrl | undefined
      /** Signs by the newest secret; a public key has none, and tells its algorithm instead. */
      sign?: ((content: readonly Part[]) => MaybePromise<string>) | undefined
      algorithm?: PublicKeyAlgorithm | undefined
      /** What the sender makes of the URL before it signs it. */
      writeUrl?: ((url: string, body: Uint8Array) => MaybePromise<string>) | undefined
    }
  | { headers: (atMs: number) => MaybePromise<Record<string, string>> }

/**
 * A sender of webhooks, and how its requests are verified. Made by a preset or by a builder of
 * `@arunika/receiver/providers`.
 *
 * @example
 * const provider: Provider = standardWebhooks({ secret: 'whsec_…' })
 */
export interface Provider<Proven extends Strength = Strength> {
  readonly name: string
  /** What the scheme proves; the type tells it too, so that replay protection can be demanded where there is none. */
  readonly strength: Proven
  readonly event: EventForm
  /**
   * Reads what a request claims, and proves it; `null` where no secret proves it. Later where the crypto is Web Crypto.
   *
   * @throws WebhookVerificationError where a part is missing or malformed.
   */
  readonly check: (request: OpenedRequest, nowMs: number) => MaybePromise<Proved | null>
  /**
   * The answer to a request by which the sender tries the endpoint; `null` where it is none. Call it before verification
   * for `GET` and `HEAD`, which no scheme signs, and after verification for all others.
   */
  readonly handshake?: ((request: HandshakeRequest) => MaybePromise<Answer | null>) | undefined
  /** How the scheme writes a request. */
  readonly scheme: Scheme
}

/** @throws TypeError where the value is no provider, such as a preset that was not called. */
export function checkProvider(owner: string, value: unknown): void {
  if (typeof (value as Partial<Provider> | null | undefined)?.check === 'function') return
  throw new TypeError(`${owner}: give a provider, such as standardWebhooks({ secret }).`)
}
