import { utf8 } from './concat-bytes'
import { refuse } from './refuse'

/** A body exactly as it came. A Node `Buffer` is a `Uint8Array`. */
export type WebhookBody = Uint8Array | ArrayBuffer | string

/** How to keep the bytes, for the message of whoever parsed them. */
const FIX =
  'A signature covers the exact bytes: register the receiver before any body parser, so before app.use(express.json()), or keep them by ' +
  'express.json({ verify: (req, res, bytes) => { req.rawBody = bytes } }).'

/** The bytes of a body; refused where it is no longer what came. */
export function readBody(body: unknown): Uint8Array {
  if (typeof body === 'string') return utf8(body)
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) {
    const { byteLength } = body
    // What was transferred away has no bytes, and a view on it cannot be made.
    if (byteLength === 0) return new Uint8Array()
    return ArrayBuffer.isView(body)
      ? new Uint8Array(body.buffer, body.byteOffset, byteLength)
      : new Uint8Array(body)
  }
  return refuse('body_parsed', `The body is ${nameOf(body)}, not bytes or text. ${FIX}`)
}

/** The refusal of a request whose bytes somebody else has read. */
export function bodyAlreadyRead(): string {
  return `The body was read before the receiver saw it. ${FIX}`
}

function nameOf(body: unknown): string {
  if (body === undefined || body === null) return String(body)
  return typeof body === 'object' ? 'an object' : `a ${typeof body}`
}
