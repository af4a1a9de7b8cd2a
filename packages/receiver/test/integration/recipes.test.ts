import { getRequestListener } from '@hono/node-server'
import { createReceiver, type Receiver } from '@arunika/receiver'
import { expressReceiver } from '@arunika/receiver/express'
import { fastifyReceiver } from '@arunika/receiver/fastify'
import { fetchReceiver } from '@arunika/receiver/fetch'
import { nodeReceiver } from '@arunika/receiver/node'
import { arunika } from '@arunika/receiver/providers'
import { sign } from '@arunika/receiver/testing'
import type { RequestListener } from 'node:http'
import express from 'express'
import express4 from 'express4'
import fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { expect, it, vi } from 'vitest'
import { lineOf, recipe, run } from '../support/recipe'
import { listen } from './listen'
import { serveWorker } from './workerd'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const provider = arunika({ secret })

const FETCH = recipe('fetch: Next.js, Hono, Bun, Deno, workers')
/** What the lines for each host have before them. */
const HANDLE = lineOf(FETCH, 'const handle =')

/** An app that the text of the guide was run on. */
const hosts: Record<string, (receiver: Receiver) => RequestListener | Promise<RequestListener>> = {
  'Express 5': (receiver) => expressApp(express(), receiver),
  'Express 4': (receiver) => expressApp(express4(), receiver),
  async 'Fastify 5'(receiver) {
    const app = fastify()
    run(recipe('Fastify 5'), { app, receiver, fastifyReceiver })
    await app.ready()
    return (request, response) => app.routing(request, response)
  },
  Hono(receiver) {
    const app = new Hono()
    run(`${HANDLE}\n${lineOf(FETCH, '// Hono')}`, { app, receiver, fetchReceiver })
    const listener = getRequestListener(app.fetch)
    return (request, response) => void listener(request, response)
  },
  Node(receiver) {
    let listener: RequestListener | undefined
    const create = (given: RequestListener) => ({ listen: () => (listener = given) })
    run(recipe('Node'), { createServer: create, receiver, nodeReceiver })
    return listener!
  },
  Koa(receiver) {
    const app = new Koa()
    run(recipe('Koa'), { app, receiver, nodeReceiver })
    const listener = app.callback()
    return (request, response) => void listener(request, response)
  },
}

function expressApp(app: RequestListener, receiver: Receiver): RequestListener {
  run(recipe('Express 4 and 5'), { app, receiver, expressReceiver })
  return app
}

it.each(Object.keys(hosts))('takes a webhook by the recipe for %s', async (name) => {
  const handler = vi.fn()
  const receiver = createReceiver({ provider, onError: () => undefined }).onAny(handler)
  const { port } = await listen(await hosts[name]!(receiver))
  await takesOnce(`http://127.0.0.1:${port}`)
  expect(handler).toHaveBeenCalledTimes(1)
})

const WORKER = lineOf(FETCH, '// workers').replace('export default', 'const recipe =')

const worker = (options: string, handler: string, recipeOf = WORKER) => `
  import { createReceiver } from '@arunika/receiver'
  import { arunika } from '@arunika/receiver/providers'
  import { fetchReceiver } from '@arunika/receiver/fetch'
  const provider = arunika({ secret: '${secret}' })
  ${options}
  let handled = 0
  receiver.onAny(${handler})
  ${HANDLE}
  ${recipeOf}
  export default {
    fetch: (request, env, context) =>
      request.url.endsWith('/handled') ? Response.json(handled) : recipe.fetch(request, env, context),
  }
`

it('takes a webhook by the recipe for workers, in workerd', async () => {
  const url = await serveWorker(
    worker('const receiver = createReceiver({ provider, onError() {} })', '() => { handled++ }'),
  )
  await takesOnce(url)
  expect(await (await fetch(`${url}/handled`)).json()).toBe(1)
})

it.each([
  // No context is passed on: the waitUntil of the options is the only one.
  ['of cloudflare:workers', recipe('Answer first'), 'const recipe = { fetch: (request) => handle(request) }'],
  [
    'that comes with the request',
    'const receiver = createReceiver({ provider, ackFirst: true, waitUntil() {} })',
    WORKER,
  ],
])('works on after the answer by the waitUntil %s, in workerd', async (_, options, route) => {
  const handler = 'async () => { await new Promise((resolve) => setTimeout(resolve, 100)); handled++ }'
  const url = await serveWorker(worker(options, handler, route))
  const delivery = await sign(provider, { id: 'msg_1', body: { type: 'order.shipped' } })
  const answer = await fetch(`${url}/webhooks/stripe`, { method: 'POST', ...delivery })
  expect(answer.status).toBe(202)
  await vi.waitFor(async () => expect(await (await fetch(`${url}/handled`)).json()).toBe(1), 5_000)
})

/** Two deliveries of an event, and one that somebody has changed. */
async function takesOnce(origin: string): Promise<void> {
  const delivery = await sign(provider, { id: 'msg_1', body: { type: 'order.shipped' } })
  const post = (body = delivery.body) =>
    fetch(`${origin}/webhooks/stripe`, { method: 'POST', headers: delivery.headers, body })
  for (const answer of [await post(), await post()]) {
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ received: true, id: 'msg_1' })
  }
  expect((await post('{"type":"order.paid"}')).status).toBe(401)
}
