import type { AnyEvents, EventMap } from '@arunika/protocol'
import type { Arunika } from './arunika'
import { forRequest, type RequestHeaders, type RequestOptions } from './for-request'
import type { UserClient } from './user-client'

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- Express has its requests extended so
  namespace Express {
    interface Request {
      /** The calls about whoever made the request. */
      arunika: UserClient
    }
  }
}

/** What the middleware needs of an Express request; those of Express 4 and 5 have it. */
export interface ExpressRequest {
  headers: RequestHeaders
}

/** A middleware for `app.use`. */
export type ExpressMiddleware<Request> = (request: Request, response: unknown, next: () => void) => void

/**
 * Puts `req.arunika` on each request: the calls about whoever made it. For Express 4 and 5; it may stand before the middleware
 * that finds out who is signed in.
 *
 * @example
 * app.use(expressArunika(arunika, { user: (req) => req.user?.id }))
 * app.post('/orders', (req, res) => {
 *   req.arunika.logActivity('order_placed', undefined, { orderId: 'A-7' })
 *   res.sendStatus(201)
 * })
 */
export function expressArunika<Request extends ExpressRequest, Events extends EventMap<Events> = AnyEvents>(
  arunika: Pick<Arunika<Events>, 'forUser'>,
  options?: RequestOptions<Request>,
): ExpressMiddleware<Request> {
  return (request, _response, next) => {
    Object.assign(request, { arunika: forRequest(arunika, request, options) })
    next()
  }
}
