import type { TimelineMessage } from '../timeline-message'
import type { ArunikaReader } from './arunika-reader'
import type { ArunikaStream } from './arunika-stream'
import { TimelineConnection } from './timeline-connection'
import type { Visitor } from './visitors'

/** Hands what the one stream brings to the timelines that are open. */
export class TimelineRelay {
  readonly #stream: ArunikaStream
  readonly #reader: ArunikaReader
  readonly #connections = new Set<TimelineConnection>()

  constructor(stream: ArunikaStream, reader: ArunikaReader) {
    this.#stream = stream
    this.#reader = reader
    stream.on('message', (message) => {
      for (const connection of this.#connections) connection.take(message)
    })
    stream.on('link', (live) => {
      for (const connection of this.#connections) connection.setLive(live)
    })
  }

  /** Opens a visitor's timeline. @returns A function that closes it. */
  open(visitor: Visitor, send: (message: TimelineMessage) => void): () => void {
    const connection = new TimelineConnection(visitor, this.#reader, send)
    this.#connections.add(connection)
    connection.setLive(this.#stream.isLive)
    return () => {
      this.#connections.delete(connection)
      connection.close()
    }
  }

  /** Reads a visitor's timelines again: they have another session, or are somebody else now. */
  refresh(visitor: Visitor): void {
    for (const connection of this.#connections) {
      if (connection.visitor === visitor) connection.refresh()
    }
  }
}
