import type { FastifyInstance } from 'fastify'
import { ProblemError } from '../errors/problem-error'

/** How long requests and streams under way may take to end once the server closes, in milliseconds. */
const GRACE_MS = 5_000

/** WebSocket close code, RFC 6455, section 7.4.1: the server goes away. */
const GOING_AWAY = 1001

/**
 * Lets `app.close()` end in time: requests under way are answered, their connections go after the answer, streams are told to come
 * back; whatever has not ended by then is cut.
 */
export function closeGracefully(app: FastifyInstance): void {
  let isClosing = false

  // Without it a client keeps the connection alive, and the server waits for one that nothing more comes over.
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (isClosing) reply.header('connection', 'close')
    done(null, payload)
  })

  app.addHook('preValidation', ({ ws }, _reply, done) => {
    const headers = { 'retry-after': '1' }
    // The streams have been told to come back: a new one would not be.
    done(isClosing && ws ? new ProblemError('unavailable', 'The server stops', { headers }) : undefined)
  })

  app.addHook('preClose', (done) => {
    isClosing = true
    const cut = setTimeout(() => {
      app.server.closeAllConnections()
      // A stream is a connection that HTTP has let go of.
      for (const client of app.websocketServer.clients) client.terminate()
    }, GRACE_MS)
    app.server.once('close', () => clearTimeout(cut))
    cut.unref()
    done()
  })
}

/** Tells the streams to come back. It does not wait for them: a client that is gone would hold the server. */
export function closeStreams(this: FastifyInstance, done: () => void): void {
  for (const client of this.websocketServer.clients) {
    client.close(GOING_AWAY, 'The server stops: connect again with since')
  }
  this.websocketServer.close()
  done()
}
