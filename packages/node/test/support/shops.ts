import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import express5, { type Request } from 'express'
import express4 from 'express4'
import createFastify, { type FastifyRequest } from 'fastify'
import { onTestFinished } from 'vitest'
import { expressArunika } from '../../src/express'
import { fastifyArunika } from '../../src/fastify'
import type { Arunika } from '../../src/index'

/** Starts a backend over HTTP that reports what its requests do, and gives its URL. Who sends `x-signed-in` is signed in. */
type StartShop = (arunika: Arunika) => Promise<string>

/**
 * The same backend on every framework: `/orders` reports one event; `/login` signs in while it runs; `/shop/refund` is in a part of its
 * own, throws, and is answered by an error handler.
 */
export const SHOPS: [framework: string, start: StartShop][] = [
  ['Express 4', (arunika) => startExpress(express4, arunika)],
  ['Express 5', (arunika) => startExpress(express5, arunika)],
  ['Fastify', startFastify],
]

interface WithUser {
  user?: { id: string }
}

async function startExpress(express: typeof express5, arunika: Arunika): Promise<string> {
  const app = express()
  app.use(expressArunika(arunika, { user: (req: Request & WithUser) => req.user?.id }))
  app.use((req: Request & WithUser, _res, next) => {
    const id = req.get('x-signed-in')
    if (id !== undefined) req.user = { id }
    next()
  })
  app.post('/orders', (req, res) => {
    req.arunika.logActivity('order_placed', 'Placed an order', { orderId: 'A-7' })
    res.sendStatus(201)
  })
  app.post('/login', (req: Request & WithUser, res) => {
    req.arunika.logActivity('login_tried')
    req.user = { id: 'user-42' }
    req.arunika.logActivity('login')
    req.arunika.identify({ email: 'sari@example.com' })
    res.sendStatus(204)
  })
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
  const listening = app.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  onTestFinished(() => void listening.close())
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`
}

async function startFastify(arunika: Arunika): Promise<string> {
  const users = new WeakMap<FastifyRequest, string>()
  const app = createFastify()
  onTestFinished(() => app.close())
  await app.register(fastifyArunika, { arunika, user: (request) => users.get(request) })
  app.addHook('preHandler', (request, _reply, done) => {
    const id = request.headers['x-signed-in']
    if (typeof id === 'string') users.set(request, id)
    done()
  })
  app.post('/orders', (request, reply) => {
    request.arunika.logActivity('order_placed', 'Placed an order', { orderId: 'A-7' })
    return reply.code(201).send()
  })
  app.post('/login', (request, reply) => {
    request.arunika.logActivity('login_tried')
    users.set(request, 'user-42')
    request.arunika.logActivity('login')
    request.arunika.identify({ email: 'sari@example.com' })
    return reply.code(204).send()
  })
  void app.register((shop, _options, done) => {
    shop.setErrorHandler((_error, request, reply) => {
      request.arunika.logActivity('request_failed')
      return reply.code(500).send()
    })
    shop.post('/shop/refund', (request) => {
      request.arunika.logActivity('refund_asked')
      throw new Error('no refunds')
    })
    done()
  })
  return app.listen({ port: 0, host: '127.0.0.1' })
}
