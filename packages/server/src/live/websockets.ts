import websocket, { type WebSocket } from '@fastify/websocket'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ProblemError } from '../errors/problem-error'
import { endWith } from '../http/client-errors'
import { closeStreams } from '../http/graceful-close'

/** Bytes of one message that a stream's reader sends. It has nothing to say. */
const MAX_READER_MESSAGE_BYTES = 4_096

/** Lets routes take WebSockets. A handshake that fails is refused before the upgrade, with a problem. */
export async function takeWebSockets(app: FastifyInstance): Promise<void> {
  await app.register(websocket, {
    options: { maxPayload: MAX_READER_MESSAGE_BYTES },
    preClose: closeStreams,
    errorHandler: onStreamError,
  })

  app.websocketServer.on('wsClientError', ({ message }, socket) => {
    const headers = { 'sec-websocket-version': '13' }
    endWith(new ProblemError('invalid_request', message, { headers }), socket)
  })

  const withWebSocket = new Set<string>()
  app.addHook('onRoute', ({ url, wsHandler }) => {
    if (wsHandler !== undefined) withWebSocket.add(url)
  })
  app.addHook('onRequest', ({ ws, routeOptions: { url } }, _reply, done) => {
    // Without it, every route would open a WebSocket and close it at once.
    const isElsewhere = ws && url !== undefined && !withWebSocket.has(url)
    done(isElsewhere ? new ProblemError('invalid_request', 'There is no WebSocket here') : undefined)
  })
}

function onStreamError(error: Error, socket: WebSocket, request: FastifyRequest): void {
  if (socket.readyState !== socket.OPEN) {
    // The reader has broken the rules of WebSockets, and its stream is being closed with the code that says how.
    request.log.info(error)
    return
  }
  request.log.error(error)
  socket.terminate()
}
