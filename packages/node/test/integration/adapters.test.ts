import { HEADERS, SESSION_COOKIE } from '@arunika/protocol'
import createFastify from 'fastify'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { fastifyArunika } from '../../src/fastify'
import { startClient } from '../support/client'
import { startIngestServer } from '../support/ingest-server'
import { SHOPS } from '../support/shops'

const SESSION = '0191d3a8-7c1e-7abc-8def-0123456789ab'

let server: Awaited<ReturnType<typeof startIngestServer>>
beforeEach(async () => {
  server = await startIngestServer()
})
afterEach(() => server.close())

/** What the requests reported is taken by a real server. */
async function identifiersOf({ arunika }: ReturnType<typeof startClient>) {
  await arunika.shutdown()
  return server.requests.flatMap(({ events }) => events.map(({ identifier }) => identifier))
}

describe.each(SHOPS)('on the requests of %s', (_, start) => {
  async function startShop() {
    const client = startClient(server.endpoint)
    const url = await start(client.arunika)
    async function post(path: string, headers: Record<string, string> = {}): Promise<number> {
      const response = await fetch(url + path, { method: 'POST', headers })
      await response.text()
      return response.status
    }
    return { post, identifiers: () => identifiersOf(client), told: client.told }
  }

  it('are the calls about whoever made each', async () => {
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

  it('concurrent ones are kept apart', async () => {
    const { post, identifiers } = await startShop()
    const users = Array.from({ length: 20 }, (_, index) => `user-${index}`)
    await Promise.all(users.map((id) => post('/orders', { 'x-signed-in': id })))
    expect((await identifiers()).map(({ userId }) => userId).sort()).toEqual([...users].sort())
  })

  it('it is known who has signed in since the request came', async () => {
    const { post, identifiers } = await startShop()
    expect(await post('/login', { [HEADERS.session]: SESSION })).toBe(204)
    expect(await identifiers()).toEqual([
      { sessionId: SESSION },
      { sessionId: SESSION, userId: 'user-42' },
      { sessionId: SESSION, userId: 'user-42', email: 'sari@example.com' },
    ])
  })

  it('the calls are there in parts of the app, and in error handlers', async () => {
    const { post, identifiers } = await startShop()
    expect(await post('/shop/refund', { 'x-signed-in': 'user-42' })).toBe(500)
    expect(await identifiers()).toEqual([{ userId: 'user-42' }, { userId: 'user-42' }])
  })

  it('it costs no request where nobody is known: its event is rejected', async () => {
    const { post, identifiers, told } = await startShop()
    expect(await post('/orders', { [HEADERS.session]: 'junk', cookie: `${SESSION_COOKIE}=junk` })).toBe(201)
    expect(await identifiers()).toEqual([])
    expect(told.rejected).toMatchObject([
      { code: 'missing_identifier', event: { eventType: 'order_placed' } },
    ])
  })

  it('it costs no request where the server is down', async () => {
    await server.close()
    const { post, told } = await startShop()
    expect(await post('/orders', { 'x-signed-in': 'user-42' })).toBe(201)
    expect(told.dropped).toEqual([])
  })
})

describe('the plugin for Fastify', () => {
  it('is there in hooks of other plugins', async () => {
    const client = startClient(server.endpoint)
    const app = createFastify()
    onTestFinished(() => app.close())
    await app.register(fastifyArunika, { arunika: client.arunika })
    void app.register((shop, _options, done) => {
      shop.addHook('onRequest', (request, _reply, next) => {
        request.arunika.logActivity('shop_entered')
        next()
      })
      shop.get('/shop', () => 'open')
      done()
    })
    await app.inject({ url: '/shop', headers: { [HEADERS.session]: SESSION } })
    expect(await identifiersOf(client)).toEqual([{ sessionId: SESSION }])
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
