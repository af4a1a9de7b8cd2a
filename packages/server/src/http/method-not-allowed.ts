import { METHODS } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { ProblemError } from '../errors/problem-error'

/** The order in which they are told. */
const OURS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/**
 * Watches the routes that are added from now on. Call the returned function after the last one: it answers every other method of
 * their paths with 405 and what is allowed.
 */
export function watchMethods(app: FastifyInstance): (scope: FastifyInstance) => void {
  const allowed = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    const methods = allowed.get(url) ?? new Set()
    for (const name of [method].flat()) methods.add(name)
    allowed.set(url, methods)
  })

  return function refuseOthers(scope) {
    for (const method of METHODS) {
      // Fastify knows not all of them, and reads the body of QUERY before it looks for a route.
      if (!OURS.includes(method)) scope.addHttpMethod(method, { overrideExisting: true })
    }
    for (const [url, methods] of [...allowed]) {
      const allow = OURS.filter((method) => methods.has(method)).join(', ')
      const refuse = () => {
        throw new ProblemError('method_not_allowed', undefined, { headers: { allow } })
      }
      const others = METHODS.filter((method) => !methods.has(method))
      // Before the body is read: what is wrong with it is no matter.
      scope.route({ url, method: others, onRequest: refuse, handler: refuse, exposeHeadRoute: false })
    }
  }
}
