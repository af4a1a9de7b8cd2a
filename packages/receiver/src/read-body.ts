import { accept, refuse, type Checked } from './checked'

/** A body exactly as it came. A Node `Buffer` is a `Uint8Array`. */
export type WebhookBody = Uint8Array | ArrayBuffer | string

const encoder = /* @__PURE__ */ new TextEncoder()

/** How to keep the bytes, for the message of whoever parsed them. */
const FIX =
  'A signature covers the exact bytes, so the receiver must come before any body parser: register its route before ' +
  'app.use(express.json()), or keep the bytes with express.json({ verify: (req, res, bytes) => { req.rawBody = bytes } }).'

/** The bytes of a body; refused where it is no longer what came. */
export function readBody(body: unknown): Checked<Uint8Array> {
  if (typeof body === 'string') return accept(encoder.encode(body))
  // What was transferred away has no bytes, and a view on it cannot be made.
  if (body instanceof ArrayBuffer)
    return accept(body.byteLength === 0 ? new Uint8Array() : new Uint8Array(body))
  if (ArrayBuffer.isView(body)) {
    const { buffer, byteOffset, byteLength } = body
    return accept(byteLength === 0 ? new Uint8Array() : new Uint8Array(buffer, byteOffset, byteLength))
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
