import type { FastifyPluginCallback, FastifyRequest } from 'fastify'
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

const addClient: FastifyPluginCallback<FastifyArunikaOptions> = (fastify, { arunika, user }, done) => {
  fastify.decorateRequest('arunika')
  fastify.addHook('onRequest', (request, _reply, next) => {
    request.arunika = forRequest(arunika, request, { user })
    next()
  })
  done()
}

/**
 * Puts `request.arunika` on each request: the calls about whoever made it. For Fastify 5.
 *
 * @example
 * app.register(fastifyArunika, { arunika, user: (request) => request.session?.userId })
 */
export const fastifyArunika = plugin(addClient, { fastify: '5.x', name: '@arunika/node' })
