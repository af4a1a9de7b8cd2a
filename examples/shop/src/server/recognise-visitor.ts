import type { RequestHandler, Response } from 'express'
import { SESSION_HEADER } from '../shop-api'
import { Refusal } from './refusal'
import { visitorCookie } from './visitor-cookie'
import type { Visitor, Visitors } from './visitors'

/** An Arunika session id: a UUID of version 7. */
const SESSION_ID = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

/** Knows the visitor by the shop's own cookie, and ties them to the Arunika session that the page names. */
export function recogniseVisitor(visitors: Visitors): RequestHandler {
  return (request, response, next) => {
    const id = visitorCookie(request, response)
    const sessionId = request.get(SESSION_HEADER)
    if (sessionId === undefined) {
      const visitor = visitors.find(id)
      if (visitor === undefined) throw new Refusal(401, 'The shop does not know you yet')
      setVisitor(response, visitor)
    } else {
      if (!SESSION_ID.test(sessionId)) throw new Refusal(400, `${SESSION_HEADER} is no session id of Arunika`)
      const visitor = visitors.enter(id, sessionId)
      if (visitor === null) throw new Refusal(409, 'This session belongs to another visitor')
      setVisitor(response, visitor)
    }
    next()
  }
}

/** The visitor whom {@link recogniseVisitor} found. */
export function visitorOf(response: Response): Visitor {
  return (response.locals as { visitor: Visitor }).visitor
}

function setVisitor(response: Response, visitor: Visitor): void {
  response.locals['visitor'] = visitor
}
