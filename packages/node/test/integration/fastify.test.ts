import { HEADERS, SESSION_COOKIE } from '@arunika/protocol'
import createFastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { fastifyArunika } from '../../src/fastify'
import { startClient } from '../support/client'
import { startIngestServer } from '../support/ingest-server'

const SESSION = '0191d3a8-7c1e-7abc-8def-0123456789ab'

let server: Awaited<ReturnType<typeof startIngestServer>>
beforeEach(async () => {
  server = await startIngestServer()
})
afterEach(() => server.close())

const users = new WeakMap<FastifyRequest, string>()

/** A shop over HTTP; what its requests report is taken by a real server. */
async function startShop(extend: (app: FastifyInstance) => void = () => undefined) {
  const client = startClient(server.endpoint)
  const app = createFastify()
  onTestFinished(() => app.close())
  await app.register(fastifyArunika, { arunika: client.arunika, user: (request) => users.get(request) })
  app.addHook('preHandler', (request, _reply, done) => {
    const id = request.headers['x-signed-in']
    if (typeof id === 'string') users.set(request, id)
    done()
  })
  extend(app)
  app.post('/orders', (request, reply) => {
    request.arunika.logActivity('order_placed', 'Placed an order', { orderId: 'A-7' })
    return reply.code(201).send()
  })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })

  async function post(path: string, headers: Record<string, string> = {}): Promise<number> {
    const response = await fetch(url + path, { method: 'POST', headers })
    await response.text()
    return response.status
  }
  const identifiers = async () => {
    await client.arunika.shutdown()
    return server.requests.flatMap(({ events }) => events.map(({ identifier }) => identifier))
  }
  return { post, identifiers, told: client.told }
}

describe('the plugin for Fastify', () => {
  it('gives each request the calls about whoever made it', async () => {
    const { post, identifiers } = await startShop()
    expect(await post('/orders', { [HEADERS.session]: SESSION })).toBe(201)
    await post('/orders', { cookie: `theme=dark; ${SESSION_COOKIE}=${SESSION}`, 'x-signed-in': 'user-42' })
    await post('/orders', { 'x-signed-in': 'user-7' })
    expect(await identifiers()).toEqual([
      { sessionId: SESSION },
      { sessionId: SESSION, userId: 'user-42' },
      { userId: 'user-7' },
    ])
    expect(server.requests[0]!.events[0]).toMatchObject({
      eventType: 'order_placed',
      description: 'Placed an order',
      eventData: { orderId: 'A-7' },
    })
  })

  it('keeps concurrent requests apart', async () => {
    const { post, identifiers } = await startShop()
    const ids = Array.from({ length: 20 }, (_, index) => `user-${index}`)
    await Promise.all(ids.map((id) => post('/orders', { 'x-signed-in': id })))
    expect((await identifiers()).map(({ userId }) => userId).sort()).toEqual([...ids].sort())
  })

  it('knows who has signed in since the request came', async () => {
    const { post, identifiers } = await startShop((app) => {
      app.post('/login', (request, reply) => {
        request.arunika.logActivity('login_tried')
        users.set(request, 'user-42')
        request.arunika.logActivity('login')
        return reply.code(204).send()
      })
    })
    expect(await post('/login', { [HEADERS.session]: SESSION })).toBe(204)
    expect(await identifiers()).toEqual([{ sessionId: SESSION }, { sessionId: SESSION, userId: 'user-42' }])
  })

  it('is there in other plugins, in hooks and in error handlers', async () => {
    const { post, identifiers } = await startShop((app) => {
      void app.register((shop, _options, done) => {
        shop.addHook('onRequest', (request, _reply, next) => {
          request.arunika.logActivity('shop_entered')
          next()
        })
        shop.setErrorHandler((_error, request, reply) => {
          request.arunika.logActivity('request_failed')
          return reply.code(500).send()
        })
        shop.post('/shop/refund', () => {
          throw new Error('no refunds')
        })
        done()
      })
    })
    expect(await post('/shop/refund', { [HEADERS.session]: SESSION, 'x-signed-in': 'user-42' })).toBe(500)
    expect(await identifiers()).toEqual([{ sessionId: SESSION }, { sessionId: SESSION, userId: 'user-42' }])
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

  it('registered twice is refused by Fastify, and not silently taken over', async () => {
    const { arunika } = startClient(server.endpoint)
    const app = createFastify()
    onTestFinished(() => app.close())
    await app.register(fastifyArunika, { arunika })
    await expect(app.register(fastifyArunika, { arunika })).rejects.toMatchObject({
      code: 'FST_ERR_DEC_ALREADY_PRESENT',
    })
  })
})
