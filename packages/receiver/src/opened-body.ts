import type { Part } from './concat-bytes'
import { WebhookPayloadError } from './errors/webhook-payload-error'
import { readBody } from './read-body'

/** How a body's text becomes a payload; may throw. */
export type Parse = (text: string) => unknown

/** A fatal decoder keeps nothing of a text that it refused, so that one serves all. It drops a byte order mark. */
const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true })

/** A body exactly as it came, decoded and parsed on first use. */
export class OpenedBody {
  /** As it came: bytes, or text that stands for its UTF-8 bytes. */
  readonly part: Part
  readonly #parse: Parse
  #bytes: Uint8Array | undefined
  #payload: { value: unknown } | undefined

  constructor(part: Part, parse: Parse) {
    this.part = part
    this.#parse = parse
  }

  /** A plain array: a Buffer copies and prints in ways of its own. */
  get bytes(): Uint8Array {
    return (this.#bytes ??= readBody(this.part))
  }

  /** @throws WebhookPayloadError where the body is not of the sender's form. */
  get payload(): unknown {
    this.#payload ??= { value: this.#read() }
    return this.#payload.value
  }

  /** The payload, or `undefined` where the body is not of the sender's form. */
  get payloadOrNothing(): unknown {
    try {
      return this.payload
    } catch {
      return undefined
    }
  }

  #read(): unknown {
    try {
      return this.#parse(typeof this.part === 'string' ? withoutMark(this.part) : decoder.decode(this.part))
    } catch (cause) {
      throw new WebhookPayloadError('The body is not JSON in UTF-8, or not of the form that is sent.', {
        cause,
      })
    }
  }
}

/** As the decoder does. */
function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}
