import type { AuthenticationCodes } from './authentication-codes'
import type { Checked } from './checked'
import type { SignatureForm } from './read-signatures'

/**
 * What a provider's scheme proves. `signed`: the body and when it was sent. `signed-without-time`: the body, which can
 * be sent again at any time. `token-only`: that the sender knows a token; the body can be anything.
 */
export type Strength = 'signed' | 'signed-without-time' | 'token-only'

/** Where a part of an event stands: in a header, or in a field of the JSON body. */
export type Source = { header: string } | { field: string }

/** A request whose body is bytes, for a scheme to read. */
export interface OpenedRequest {
  /** The one value of a header, by its name in lower case. */
  header(name: string): Checked<string>
  body: Uint8Array
}

/** What a request claims: that `signatures` hold for `content`. */
export interface Claim {
  content: Uint8Array<ArrayBuffer>
  signatures: readonly Uint8Array[]
  /** When it was signed, where the scheme says so. */
  timestampMs: number | null
  /** The event's id and type, where they are in headers. */
  id?: string
  type?: string
}

/** How an HMAC scheme writes a request, for the test signer. It gives codes, never keys. */
interface HmacScheme {
  signature: SignatureForm
  timestampHeader: string | null
  signed: (parts: SignedParts) => readonly (string | Uint8Array)[]
  codes: AuthenticationCodes
}

/** The parts of a request that a scheme can sign. */
export interface SignedParts {
  /** As in the header that holds the event's id; empty where the body holds it. */
  id: string
  /** As in the header that holds the time; empty where the scheme has none. */
  timestamp: string
  body: Uint8Array
}

/**
 * A sender of webhooks, and how its requests are verified. Made by a preset or by a builder of
 * `@arunika/receiver/providers`.
 *
 * @example
 * const provider: Provider = standardWebhooks({ secret: 'whsec_…' })
 */
export interface Provider {
  readonly name: string
  readonly strength: Strength
  /** Where the event's parts are. Without `data`, the whole body is the data. */
  readonly event: { readonly id: Source; readonly type: Source; readonly data?: Source }
  /** Reads what a request claims. Pure: everything that can be wrong with the request is found here. */
  readonly read: (request: OpenedRequest, nowMs: number) => Checked<Claim>
  /** Which of the secrets proves the claim, from 0; `-1` where none does. */
  readonly prove: (claim: Claim) => Promise<number>
  /** How the scheme writes a request. */
  readonly scheme: HmacScheme
}

/** @throws TypeError where the value is no provider, such as a preset that was not called. */
export function checkProvider(owner: string, value: unknown): void {
  if (typeof value === 'object' && value !== null && 'read' in value && typeof value.read === 'function')
    return
  throw new TypeError(`${owner}: give a provider, such as standardWebhooks({ secret }).`)
}
