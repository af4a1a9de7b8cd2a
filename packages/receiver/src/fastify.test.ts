import fastify from 'fastify'
import { expect, it } from 'vitest'
import { createReceiver } from './create-receiver'
import { fastifyReceiver } from './fastify'
import { arunika } from './providers/arunika'
import { sign } from './testing'

const provider = arunika({ secret: 'whsec_AAAA' })
const path = '/webhooks'

it.each([
  ['no receiver', { path }, 'fastifyReceiver: give a receiver, such as createReceiver({ provider }).'],
  [
    'no path',
    { receiver: createReceiver({ provider }) },
    "fastifyReceiver: give a path, such as '/webhooks'.",
  ],
])('tells at once of %s', async (_, options, message) => {
  const app = fastify()
  app.register(fastifyReceiver, options as never)
  await expect(async () => app.ready()).rejects.toThrow(new TypeError(message))
})

it('leaves the content type parsers of the app as they are', async () => {
  const app = fastify()
  app.register(fastifyReceiver, { receiver: createReceiver({ provider }), path })
  app.post('/orders', (request) => request.body)
  const order = { id: 1 }
  expect((await app.inject({ method: 'POST', url: '/orders', payload: order })).json()).toEqual(order)
  const delivery = { method: 'POST', url: path, ...(await sign(provider, { body: { type: 'a' } })) } as const
  expect((await app.inject({ ...delivery, payload: delivery.body as string })).statusCode).toBe(200)
})

it('stands below the prefix that it is registered with', async () => {
  const app = fastify()
  app.register(fastifyReceiver, { receiver: createReceiver({ provider }), path, prefix: '/v1' })
  expect((await app.inject({ method: 'POST', url: `/v1${path}` })).statusCode).toBe(401)
})
