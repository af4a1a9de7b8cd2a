import type { Answer } from './answer'
import type { HandshakeRequest } from './provider'
import { queryIn } from './public-url'

/** Echoed text is never taken for a page: whoever calls the URL chooses it. */
export function textAnswer(body: string): Answer {
  return { status: 200, headers: { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' }, body }
}

export function jsonAnswer(body: object): Answer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

/** The query of a GET request; `null` for any other. */
export function queryOf({ method, url = '' }: HandshakeRequest): URLSearchParams | null {
  return method === 'GET' ? new URLSearchParams(queryIn(url)) : null
}
