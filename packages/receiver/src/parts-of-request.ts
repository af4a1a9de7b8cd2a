import type { Part } from './concat-bytes'
import type { OpenedRequest, SignedParts } from './provider'

/** What a scheme can sign of a request. Made for each; what few schemes sign is read where it is asked for. */
export class PartsOfRequest implements SignedParts {
  readonly id: string
  readonly timestamp: string
  readonly url: string
  readonly #request: OpenedRequest

  constructor(request: OpenedRequest, id: string, timestamp: string, url: string) {
    this.id = id
    this.timestamp = timestamp
    this.url = url
    this.#request = request
  }

  get body(): Part {
    return this.#request.body.part
  }

  get method(): string {
    return (this.#request.method ?? 'POST').toUpperCase()
  }

  get payload(): unknown {
    return this.#request.body.payloadOrNothing
  }
}
