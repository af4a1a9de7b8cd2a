import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import type { Arunika } from './arunika'
import { forRequest, type RequestOptions } from './for-request'
import type { UserClient } from './user-client'

declare module 'fastify' {
  interface FastifyRequest {
    /** The calls about whoever made the request. */
    arunika: UserClient
  }
}

/** What the plugin is registered with. */
export interface FastifyArunikaOptions extends RequestOptions<FastifyRequest> {
  arunika: Pick<Arunika, 'forUser'>
}

// eslint-disable-next-line @typescript-eslint/require-await -- what a plugin without a promise throws ends the process: it may be registered twice
const addClient: FastifyPluginAsync<FastifyArunikaOptions> = async (fastify, { arunika, user }) => {
  fastify.decorateRequest('arunika')
  fastify.addHook('onRequest', (request, _reply, next) => {
    request.arunika = forRequest(arunika, request, { user })
    next()
  })
}

/**
 * Puts `request.arunika` on each request: the calls about whoever made it. For Fastify 5.
 *
 * @example
 * app.register(fastifyArunika, { arunika, user: (request) => request.session?.userId })
 */
export const fastifyArunika = plugin(addClient, { fastify: '5.x', name: '@arunika/node' })
