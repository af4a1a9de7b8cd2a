import type { Answer } from './answer'

/** A request in a few words, and its answer without what differs by nature. */
export type Transcript = { request: string; answer: unknown }[]

/** Which event ids a scenario has made by itself: they are the same with every target. */
export const OWN_ID_PREFIX = '01000000-'

/**
 * Names ids that a target has made by the order in which they first show up, and leaves out the wording of details, so that
 * the transcripts of two targets are equal where they said the same.
 */
export class TranscriptWriter {
  readonly transcript: Transcript = []
  readonly #names = new Map<string, string>()

  write(request: string, answer: Answer): void {
    this.transcript.push({ request: this.#named(request), answer: this.#plain(answer) })
  }

  #plain(value: unknown, field = ''): unknown {
    if (typeof value === 'string') return field === 'nextCursor' ? '<cursor>' : this.#named(value)
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map((item) => this.#plain(item))
    const entries = Object.entries(value).map(([name, item]) => [
      name,
      name === 'detail' ? typeof item : this.#plain(item, name),
    ])
    return Object.fromEntries(entries) as unknown
  }

  #named(text: string): string {
    return text.replaceAll(MADE, (id) => {
      if (id.startsWith(OWN_ID_PREFIX)) return id
      const name = this.#names.get(id) ?? `<id ${this.#names.size + 1}>`
      this.#names.set(id, name)
      return name
    })
  }
}

const MADE = /\b(?:prf_)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g
