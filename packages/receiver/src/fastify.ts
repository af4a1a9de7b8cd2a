import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { incomingFrom } from './adapters/node-request'
import { checkReceiver, type WebhookEndpoint } from './incoming-webhook'

/** What {@link fastifyReceiver} is registered with. */
export interface FastifyReceiverOptions {
  receiver: WebhookEndpoint
  /** The route, such as `/webhooks/arunika`; below the `prefix` of the plugin, where it has one. */
  path: string
}

/**
 * A receiver as a plugin for Fastify 5. It takes the bytes as they come: its content type parser is its own, so those of
 * the app go on as before, wherever they are registered.
 *
 * @throws TypeError (by `app.ready()`) where it is given no receiver or no path.
 * @example
 * app.register(fastifyReceiver, { receiver, path: '/webhooks/arunika' })
 */
export const fastifyReceiver: FastifyPluginAsync<FastifyReceiverOptions> = (fastify, options) =>
  // A plugin that throws, other than by a promise, ends the process.
  new Promise((resolve) => {
    addRoute(fastify, options)
    resolve()
  })

function addRoute(fastify: FastifyInstance, { receiver, path }: FastifyReceiverOptions): void {
  checkReceiver('fastifyReceiver', receiver)
  if (typeof path !== 'string') throw new TypeError("fastifyReceiver: give a path, such as '/webhooks'.")
  // The body stays in the stream, where the receiver's own bound holds.
  fastify.removeAllContentTypeParsers()
  fastify.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null))
  // Fastify answers 415 to a malformed content type by itself; bytes are signed whatever they are called.
  fastify.addHook('preParsing', (request, _reply, _payload, next) => {
    delete request.headers['content-type']
    next()
  })
  fastify.all(path, async (request, reply) => {
    const answer = await receiver.handle(incomingFrom(request.raw))
    if (!request.raw.complete) reply.header('connection', 'close')
    // As bytes, since Fastify adds a charset to the type of text.
    return reply.code(answer.status).headers(answer.headers).send(Buffer.from(answer.body))
  })
}
