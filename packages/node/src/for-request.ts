import { HEADERS, isUuidV7, SESSION_COOKIE, type AnyEvents, type EventMap } from '@arunika/protocol'
import type { Arunika } from './arunika'
import { identifierOf, type User } from './user'
import type { UserClient } from './user-client'

/** Headers as Node gives them, by their names in lower case, or as the Fetch API does. */
export type RequestHeaders = Readonly<Record<string, string | string[] | undefined>> | Headers

/** How a request's person is found. */
export interface RequestOptions<Request> {
  /**
   * Who is signed in: a userId, or an identifier object; nothing where nobody is. It is asked at each call, so that it may rest on what
   * later middleware finds out. What it throws is reported by `error`, and the event goes by the session alone.
   */
  user?: ((request: Request) => User | null | undefined) | undefined
}

/**
 * The calls about whoever made a request: the browser's session, by the header `x-arunika-session` or the cookie that the browser SDK
 * sets, and the user who is signed in. For frameworks that have no adapter here.
 *
 * @example
 * const visitor = forRequest(arunika, request, { user: () => session?.userId })
 * visitor.logActivity('order_placed', undefined, { orderId: 'A-7' })
 */
export function forRequest<
  Request extends { headers: RequestHeaders },
  Events extends EventMap<Events> = AnyEvents,
>(
  arunika: Pick<Arunika<Events>, 'forUser'>,
  request: Request,
  { user }: RequestOptions<Request> = {},
): UserClient<Events> {
  const sessionId = sessionOf(request.headers)
  const ask = () => {
    const signedIn = user?.(request)
    // A promise has no fields: told of by whoever asks.
    if (signedIn instanceof Promise) return signedIn as never
    return { sessionId, ...(signedIn != null && identifierOf(signedIn)) }
  }
  return arunika.forUser(ask, { sessionId })
}

/** The browser's session, or `undefined` where the request names none: whatever else a stranger writes there is none. */
function sessionOf(headers: RequestHeaders): string | undefined {
  return [read(headers, HEADERS.session), cookieOf(read(headers, 'cookie'))].find(isUuidV7)
}

function read(headers: RequestHeaders, name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : headers[name]
  return value?.toString() ?? ''
}

function cookieOf(header: string): string | undefined {
  const start = `${SESSION_COOKIE}=`
  const pair = header.split(';').find((text) => text.trimStart().startsWith(start))
  return pair?.trim().slice(start.length)
}
