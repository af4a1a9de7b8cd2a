import type { Answer } from './answer'
import { WebhookVerificationError } from './errors/webhook-verification-error'
import { readBody, type WebhookBody } from './read-body'
import type { WebhookRequest } from './verify'

/** A request as an adapter has it: its body may still be on the way. */
export interface IncomingWebhook extends Omit<WebhookRequest, 'body'> {
  /** The body, or what reads it. */
  body: WebhookBody | BodyReader
  /** @defaultValue `'POST'` */
  method?: string
  /** Keeps the host alive until the work is done, where it would end with the answer; goes before that of the options. */
  waitUntil?: WaitUntil | undefined
}

/** Keeps the host alive until the work is done. The work never rejects. */
export type WaitUntil = (work: Promise<void>) => void

/**
 * Reads a body that is still arriving.
 *
 * @param maxBytes - Where to stop.
 * @throws WebhookVerificationError where there is more than that, or where the body cannot be read.
 */
export type BodyReader = (maxBytes: number) => Promise<WebhookBody>

/** What an adapter needs of a receiver. */
export interface WebhookEndpoint {
  /** Verifies, deduplicates and handles a delivery, and resolves to the answer: a refusal is an answer too. */
  handle(request: IncomingWebhook): Promise<Answer>
}

/** @throws TypeError where the value is no receiver. */
export function checkReceiver(owner: string, value: unknown): void {
  if (typeof (value as Partial<WebhookEndpoint> | null | undefined)?.handle === 'function') return
  throw new TypeError(`${owner}: give a receiver, such as createReceiver({ provider }).`)
}

/** The bytes of a request's body, wherever they come from. */
export async function bytesOf(body: IncomingWebhook['body'], maxBytes: number): Promise<Uint8Array> {
  const bytes = readBody(typeof body === 'function' ? await body(maxBytes) : body)
  if (bytes.length > maxBytes) throw bodyTooLarge(maxBytes)
  return bytes
}

export function bodyTooLarge(maxBytes: number): WebhookVerificationError {
  return new WebhookVerificationError('body_too_large', `The body is larger than ${maxBytes} bytes.`)
}
