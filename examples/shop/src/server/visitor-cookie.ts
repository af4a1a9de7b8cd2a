import { randomUUID } from 'node:crypto'
import type { Request, Response } from 'express'

const NAME = 'shop_visitor'
const MAX_AGE_MS = 30 * 24 * 60 * 60 * 1_000
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

/** The id in the shop's own cookie, which no script can read; a browser that has none gets one. */
export function visitorCookie(request: Request, response: Response): string {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value = ''] = pair.trim().split('=')
    if (name === NAME && UUID.test(value)) return value
  }
  const id = randomUUID()
  response.cookie(NAME, id, { httpOnly: true, sameSite: 'lax', path: '/', maxAge: MAX_AGE_MS })
  return id
}
