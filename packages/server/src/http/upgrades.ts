import { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** How many answers are under way on a connection. */
const underWay = new WeakMap<Socket, number>()

/**
 * A request that leaves HTTP for a WebSocket and for nothing else. Another `Upgrade` (`curl --http2` asks for h2c) is ignored, as
 * RFC 9110, section 7.8, allows: the request is served with its body.
 *
 * Where a server listens to upgrades, Node asks a request's `upgrade` whether to take the parser off its connection, and then
 * nothing reads the body any more. From Node 24.9 on there is `shouldUpgradeCallback` for that; this serves every version.
 */
export class UpgradableRequest extends IncomingMessage {
  // Not fields with values: the base class sets `upgrade` in its constructor, before the values would be there.
  declare private asksForUpgrade: boolean
  declare private isHandshake: boolean | undefined

  set upgrade(asked: boolean) {
    this.asksForUpgrade = asked
  }

  get upgrade(): boolean {
    // Decided once, when the head is complete: later the answers under way would be others.
    return this.asksForUpgrade && (this.isHandshake ??= this.#isHandshake())
  }

  /** Whether it asked for an upgrade and is served without. */
  get ignoresUpgrade(): boolean {
    return this.asksForUpgrade && !this.upgrade
  }

  #isHandshake(): boolean {
    const asksForWebSocket = this.method === 'GET' && this.headers.upgrade?.toLowerCase() === 'websocket'
    // A connection that still owes an answer cannot leave HTTP.
    return asksForWebSocket && !underWay.get(this.socket)
  }
}

/** Prepares a server whose requests are {@link UpgradableRequest}s. */
export function ignoreUpgrades(app: FastifyInstance): void {
  app.server.on('request', ({ socket }, response) => {
    underWay.set(socket, (underWay.get(socket) ?? 0) + 1)
    response.once('close', () => underWay.set(socket, (underWay.get(socket) ?? 1) - 1))
  })

  app.addHook('onSend', ({ raw }, reply, payload, done) => {
    // Node loses what a client has sent behind such a request in the same packet. The end of the connection tells the client.
    // While the body is still on its way nothing can be behind it, and to end the connection could cost the client the answer.
    if (raw instanceof UpgradableRequest && raw.ignoresUpgrade && !isArriving(raw)) {
      reply.header('connection', 'close')
    }
    done(null, payload)
  })
}

function isArriving({ complete, headers }: IncomingMessage): boolean {
  if (complete) return false
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}
