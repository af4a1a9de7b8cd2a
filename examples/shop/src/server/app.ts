import { join } from 'node:path'
import type { Arunika } from '@arunika/node'
import express, { type ErrorRequestHandler, type Express } from 'express'
import type { ShopEvents } from '../events'
import type { PageConfig } from '../shop-api'
import { accountRoutes } from './account-routes'
import { Accounts } from './accounts'
import type { Config } from './config'
import { orderRoutes } from './order-routes'
import type { Orders } from './orders'
import { recogniseVisitor } from './recognise-visitor'
import { Refusal } from './refusal'
import type { TimelineRelay } from './timeline-relay'
import { timelineRoutes } from './timeline-routes'
import { visitorCookie } from './visitor-cookie'
import { Visitors } from './visitors'

/** What the app is put together from. */
export interface AppParts {
  config: Config
  arunika: Arunika<ShopEvents>
  orders: Orders
  relay: TimelineRelay
  /** The folder of the built page. */
  page: string
}

/** The shop's backend: its API, and the built page for every other address. */
export function createApp({ config, arunika, orders, relay, page }: AppParts): Express {
  const app = express()
  app.disable('x-powered-by')
  app.use((_request, response, next) => {
    response.set({
      'Content-Security-Policy': `default-src 'self'; connect-src 'self' ${new URL(config.endpoint).origin}; frame-ancestors 'none'`,
      'Referrer-Policy': 'strict-origin-when-cross-origin',
      'X-Content-Type-Options': 'nosniff',
    })
    next()
  })

  // The page asks for this before anything else, so that all its later requests carry the cookie.
  app.get('/config.json', (request, response) => {
    visitorCookie(request, response)
    const { appId, endpoint } = config
    response.set('Cache-Control', 'no-store').json({ appId, endpoint } satisfies PageConfig)
  })

  app.use(
    '/api',
    express.json({ limit: '16kb' }),
    recogniseVisitor(new Visitors()),
    accountRoutes(arunika, new Accounts(), relay),
    orderRoutes(arunika, orders),
    timelineRoutes(relay),
    () => {
      throw new Refusal(404, 'There is no such route')
    },
  )

  app.use(
    '/assets',
    express.static(join(page, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false }),
  )
  app.use(express.static(page))
  app.get('/{*path}', (_request, response) => response.sendFile('index.html', { root: page }))
  app.use(answerFailure)
  return app
}

const answerFailure: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) {
    next(error)
    return
  }
  const status = statusOf(error)
  if (status >= 500) console.error(error)
  const message = status < 500 && error instanceof Error ? error.message : 'The shop has failed; try again'
  response.status(status).json({ error: message })
}

/** The status that a refusal, or an error of Express itself, carries. */
function statusOf(error: unknown): number {
  const carries = error instanceof Error && 'status' in error && typeof error.status === 'number'
  return carries ? (error.status as number) : 500
}
