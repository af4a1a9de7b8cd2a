import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { HEADERS, SESSION_COOKIE } from '@arunika/protocol'
import express5, { type Request } from 'express'
import express4 from 'express4'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { expressArunika } from '../../src/express'
import { startClient } from '../support/client'
import { startIngestServer } from '../support/ingest-server'

const SESSION = '0191d3a8-7c1e-7abc-8def-0123456789ab'

let server: Awaited<ReturnType<typeof startIngestServer>>
beforeEach(async () => {
  server = await startIngestServer()
})
afterEach(() => server.close())

interface WithUser {
  user?: { id: string }
}

describe.each([
  ['4', express4],
  ['5', express5],
])('the middleware for Express %s', (_, express) => {
  /** A shop over HTTP; what its requests report is taken by a real server. */
  async function startShop(extend: (app: ReturnType<typeof express5>) => void = () => undefined) {
    const client = startClient(server.endpoint)
    const app = express()
    app.use(expressArunika(client.arunika, { user: (req: Request & WithUser) => req.user?.id }))
    app.use((req: Request & WithUser, _res, next) => {
      const id = req.get('x-signed-in')
      if (id !== undefined) req.user = { id }
      next()
    })
    extend(app)
    app.post('/orders', (req, res) => {
      req.arunika.logActivity('order_placed', 'Placed an order', { orderId: 'A-7' })
      res.sendStatus(201)
    })
    const listening = app.listen(0, '127.0.0.1')
    await once(listening, 'listening')
    onTestFinished(() => void listening.close())
    const { port } = listening.address() as AddressInfo

    async function post(path: string, headers: Record<string, string> = {}): Promise<number> {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers })
      await response.text()
      return response.status
    }
    const identifiers = async () => {
      await client.arunika.shutdown()
      return server.requests.flatMap(({ events }) => events.map(({ identifier }) => identifier))
    }
    return { post, identifiers, told: client.told }
  }

  it('gives each request the calls about whoever made it', async () => {
    const { post, identifiers, told } = await startShop()
    expect(await post('/orders', { [HEADERS.session]: SESSION })).toBe(201)
    await post('/orders', { cookie: `theme=dark; ${SESSION_COOKIE}=${SESSION}`, 'x-signed-in': 'user-42' })
    await post('/orders', { 'x-signed-in': 'user-7' })
    expect(await identifiers()).toEqual([
      { sessionId: SESSION },
      { sessionId: SESSION, userId: 'user-42' },
      { userId: 'user-7' },
    ])
    expect(told.delivered.flatMap(({ events }) => events)).toMatchObject([
      { eventType: 'order_placed', description: 'Placed an order', eventData: { orderId: 'A-7' } },
      {},
      {},
    ])
  })

  it('keeps concurrent requests apart', async () => {
    const { post, identifiers } = await startShop()
    const users = Array.from({ length: 20 }, (_, index) => `user-${index}`)
    await Promise.all(users.map((id) => post('/orders', { 'x-signed-in': id })))
    expect((await identifiers()).map(({ userId }) => userId).sort()).toEqual([...users].sort())
  })

  it('knows who has signed in since the request came', async () => {
    const { post, identifiers } = await startShop((app) => {
      app.post('/login', (req: Request & WithUser, res) => {
        req.arunika.logActivity('login_tried')
        req.user = { id: 'user-42' }
        req.arunika.logActivity('login')
        req.arunika.identify({ email: 'sari@example.com' })
        res.sendStatus(204)
      })
    })
    expect(await post('/login', { [HEADERS.session]: SESSION })).toBe(204)
    expect(await identifiers()).toEqual([
      { sessionId: SESSION },
      { sessionId: SESSION, userId: 'user-42' },
      { sessionId: SESSION, userId: 'user-42', email: 'sari@example.com' },
    ])
  })

  it('is there in routers and in error handlers', async () => {
    const { post, identifiers } = await startShop((app) => {
      const router = express.Router()
      router.post('/refund', (req) => {
        req.arunika.logActivity('refund_asked')
        throw new Error('no refunds')
      })
      app.use('/shop', router)
      // Express knows an error handler by its four parameters.
      app.use(((error, req, res, next) => {
        if (res.headersSent) {
          next(error)
          return
        }
        req.arunika.logActivity('request_failed')
        res.sendStatus(500)
      }) as express5.ErrorRequestHandler)
    })
    expect(await post('/shop/refund', { 'x-signed-in': 'user-42' })).toBe(500)
    expect(await identifiers()).toEqual([{ userId: 'user-42' }, { userId: 'user-42' }])
  })

  it('costs no request where nobody is known: its event is rejected', async () => {
    const { post, identifiers, told } = await startShop()
    expect(await post('/orders', { [HEADERS.session]: 'junk', cookie: `${SESSION_COOKIE}=junk` })).toBe(201)
    expect(await identifiers()).toEqual([])
    expect(told.rejected).toMatchObject([
      { code: 'missing_identifier', event: { eventType: 'order_placed' } },
    ])
  })

  it('costs no request where the server is down', async () => {
    await server.close()
    const { post, told } = await startShop()
    expect(await post('/orders', { 'x-signed-in': 'user-42' })).toBe(201)
    expect(told.dropped).toEqual([])
  })
})
