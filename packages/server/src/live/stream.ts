import type { StreamMessage } from '@arunika/protocol'
import type { WebSocket } from '@fastify/websocket'
import type { Db } from '../store/open-database'
import type { LiveSignal } from './live-signal'
import { readLog } from './live-log'

/** Messages that are read from the log at once: all that is held in memory for one reader. */
const PAGE = 100

/** How often a reader is asked whether it is still there, in milliseconds. */
const HEARTBEAT_MS = 30_000

/** WebSocket close code: RFC 6455, section 7.4.1. */
const INTERNAL_ERROR = 1011

/** What a stream reads, and from where on. */
export interface StreamOptions {
  db: Db
  live: LiveSignal
  appId: string
  since: number
  onError: (error: unknown) => void
  /** @defaultValue 30,000 */
  heartbeatMs?: number
}

/**
 * Sends the messages of an app after `since` over a socket, in order, until the socket closes. The log is read as fast as the
 * reader takes it; one that does not answer between two heartbeats, since it is gone or has stopped reading, is cut.
 */
export function streamTo(
  socket: WebSocket,
  { db, live, appId, since, onError, heartbeatMs = HEARTBEAT_MS }: StreamOptions,
): void {
  let seq = since
  let reading = false
  let isAlive = true
  /** Whether something was committed since the log was last read. */
  let isStale = true

  const unsubscribe = live.subscribe(() => {
    isStale = true
    void pump()
  })
  const heartbeat = setInterval(() => {
    if (!isAlive) socket.terminate()
    isAlive = false
    socket.ping()
  }, heartbeatMs)
  heartbeat.unref()
  socket.on('pong', () => (isAlive = true))
  socket.on('close', () => {
    unsubscribe()
    clearInterval(heartbeat)
  })
  void pump()

  async function pump(): Promise<void> {
    if (reading) return
    reading = true
    try {
      while (isStale && socket.readyState === socket.OPEN) {
        isStale = false
        const { messages, lastSeq } = await readLog(db, appId, seq, PAGE)
        if (lastSeq > seq) isStale = true
        seq = lastSeq
        await send(socket, messages)
      }
    } catch (error) {
      if (socket.readyState !== socket.OPEN) return // the reader has gone, or the server stops
      onError(error)
      socket.close(INTERNAL_ERROR, 'The log could not be read: connect again with since')
    }
    reading = false
  }
}

/** Resolves when the last message has left for the network, or never will. */
function send(socket: WebSocket, messages: StreamMessage[]): Promise<void> {
  return new Promise((resolve) => {
    if (messages.length === 0) resolve()
    messages.forEach((message, index) => {
      const isLast = index === messages.length - 1
      // An error here is the socket's, whose own listener hears of it.
      socket.send(JSON.stringify(message), isLast ? () => resolve() : undefined)
    })
  })
}
