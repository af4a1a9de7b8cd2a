import { EventEmitter } from 'node:events'
import type { StreamMessage } from '@arunika/protocol'
import WebSocket from 'ws'
import type { Config } from './config'

/** How long to wait before the next try to connect, in milliseconds: a little longer each time. */
const RETRY_MS = [250, 500, 1_000, 2_000, 4_000]

/** How often the connection is tried out, in milliseconds: one that has died without a word is given up. */
const PING_MS = 15_000

/**
 * Arunika's live stream: one WebSocket for the whole backend, whatever number of visitors. It connects again for ever, each time from
 * the last message on, so that none is missed.
 */
export class ArunikaStream extends EventEmitter<{ message: [StreamMessage]; link: [live: boolean] }> {
  readonly #config: Config
  #socket: WebSocket | null = null
  #retry: NodeJS.Timeout | undefined
  #failures = 0
  #lastSeq: number | null = null
  #isLive = false
  #isClosed = false

  constructor(config: Config) {
    super()
    this.setMaxListeners(0)
    this.#config = config
    this.#connect()
  }

  get isLive(): boolean {
    return this.#isLive
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#retry)
    this.#socket?.terminate()
  }

  #connect(): void {
    const { endpoint, appId, apiKey } = this.#config
    const url = new URL(`${endpoint.replace(/^http/, 'ws')}/api/stream`)
    if (this.#lastSeq !== null) url.searchParams.set('since', String(this.#lastSeq))
    const socket = new WebSocket(url, { headers: { 'X-App-ID': appId, 'X-API-Key': apiKey } })
    this.#socket = socket

    let isAlive = true
    const ping = setInterval(() => {
      if (!isAlive) socket.terminate()
      else if (socket.readyState === socket.OPEN) socket.ping()
      isAlive = false
    }, PING_MS)
    socket.on('pong', () => (isAlive = true))

    socket.on('open', () => {
      this.#failures = 0
      this.#setLive(true)
    })
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as StreamMessage
      this.#lastSeq = message.seq
      this.emit('message', message)
    })
    // A socket that fails closes too, and that is where the next try begins; here it is only said why.
    socket.on('error', (error) => {
      if (this.#failures === 0 && !this.#isClosed) console.warn(`Arunika's stream: ${error.message}`)
    })
    socket.on('close', () => {
      clearInterval(ping)
      this.#setLive(false)
      if (this.#isClosed) return
      const waitMs = RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)]
      this.#retry = setTimeout(() => this.#connect(), waitMs)
    })
  }

  #setLive(live: boolean): void {
    if (live === this.#isLive) return
    this.#isLive = live
    this.emit('link', live)
  }
}
