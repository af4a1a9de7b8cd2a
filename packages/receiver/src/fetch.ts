import { readFetchBody } from './adapters/fetch-body'
import { checkReceiver, type WaitUntil, type WebhookEndpoint } from './incoming-webhook'

/** Statuses with which `Response` takes no body, not even an empty one. */
const WITHOUT_BODY = [204, 205, 304]

/** What a host may give along with a request, such as the context of a worker. */
export interface FetchContext {
  /** Keeps the worker alive after the answer, for a receiver with `ackFirst`. */
  waitUntil?: WaitUntil
}

/** Answers a request: a route handler of Next.js, Hono, Bun, Deno and workers. */
export type FetchReceiver = (request: Request, context?: FetchContext) => Promise<Response>

/**
 * A receiver for whatever speaks `Request` and `Response`.
 *
 * @throws TypeError where it is given no receiver.
 * @example
 * export const POST = fetchReceiver(receiver) // Next.js: app/webhooks/route.ts
 * app.all('/webhooks', (c) => handle(c.req.raw)) // Hono, with `handle = fetchReceiver(receiver)`
 */
export function fetchReceiver(receiver: WebhookEndpoint): FetchReceiver {
  checkReceiver('fetchReceiver', receiver)
  return async (request, context) => {
    const { status, headers, body } = await receiver.handle({
      headers: request.headers,
      method: request.method,
      url: request.url,
      body: (maxBytes) => readFetchBody(request, maxBytes),
      ...(typeof context?.waitUntil === 'function' && {
        waitUntil: (work: Promise<void>) => context.waitUntil?.(work),
      }),
    })
    const isEmpty = request.method === 'HEAD' || WITHOUT_BODY.includes(status)
    return new Response(isEmpty ? null : body, { status, headers })
  }
}
