import type { Arunika } from '@arunika/node'
import { Router } from 'express'
import type { ShopEvents } from '../events'
import type { VisitorAnswer } from '../shop-api'
import type { Accounts } from './accounts'
import { readSignIn } from './read-body'
import { visitorOf } from './recognise-visitor'
import { Refusal } from './refusal'
import type { TimelineRelay } from './timeline-relay'

/** Who the visitor is: `POST /session` (as they are), `/sign-in` and `/sign-out`. */
export function accountRoutes(
  arunika: Arunika<ShopEvents>,
  accounts: Accounts,
  relay: TimelineRelay,
): Router {
  const router = Router()

  router.post('/session', (_request, response) => {
    const visitor = visitorOf(response)
    relay.refresh(visitor)
    response.json({ account: visitor.account } satisfies VisitorAnswer)
  })

  router.post('/sign-in', async (request, response) => {
    const visitor = visitorOf(response)
    const signedIn = await accounts.signIn(readSignIn(request.body))
    if (signedIn === null) throw new Refusal(403, 'This email has joined with another password')
    const { account, isNew } = signedIn
    visitor.account = account

    const { userId, email, name } = account
    if (isNew) arunika.registerUser({ userId, email, name })
    else arunika.logActivity({ userId, sessionId: visitor.sessionId }, 'login')

    relay.refresh(visitor)
    response.json({ account } satisfies VisitorAnswer)
  })

  router.post('/sign-out', (_request, response) => {
    const visitor = visitorOf(response)
    visitor.account = null
    relay.refresh(visitor)
    response.json({ account: null } satisfies VisitorAnswer)
  })

  return router
}
