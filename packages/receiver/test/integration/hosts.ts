import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { getRequestListener } from '@hono/node-server'
import type { Receiver } from '@arunika/receiver'
import { expressReceiver } from '@arunika/receiver/express'
import { fastifyReceiver } from '@arunika/receiver/fastify'
import { fetchReceiver } from '@arunika/receiver/fetch'
import { nodeReceiver } from '@arunika/receiver/node'
import express5 from 'express'
import express4 from 'express4'
import fastify from 'fastify'
import { Hono, type MiddlewareHandler } from 'hono'
import Koa from 'koa'
import { listen, serve, type Listening } from './listen'

/** A framework with a receiver at `/webhooks/arunika`. */
export interface Host {
  name: string
  /** Serves the receiver. */
  start: (receiver: Receiver) => Promise<Listening>
  /** The same, behind something that has read the body. */
  startBehindParser: (receiver: Receiver) => Promise<Listening>
}

const PATH = '/webhooks/arunika'

/** What the tests need of both versions. */
interface ExpressApp {
  use(handler: unknown): unknown
  all(path: string, handler: ReturnType<typeof expressReceiver>): unknown
}

function expressHost(name: string, express: typeof express5 | typeof express4): Host {
  const app = (receiver: Receiver, ...before: unknown[]) => {
    const made = express() as unknown as ExpressApp & RequestListener
    for (const middleware of before) made.use(middleware)
    made.all(PATH, expressReceiver(receiver))
    return made
  }
  return {
    name,
    start: (receiver) => listen(app(receiver)),
    startBehindParser: (receiver) => listen(app(receiver, express.json())),
  }
}

const fastifyHost: Host = {
  name: 'Fastify 5',
  async start(receiver) {
    const app = fastify({ forceCloseConnections: true })
    await app.register(fastifyReceiver, { receiver, path: PATH })
    await app.ready()
    return serve(app.server)
  },
  async startBehindParser(receiver) {
    const app = fastify({ forceCloseConnections: true })
    app.addHook('preParsing', async (request) => {
      await buffer(request.raw)
    })
    await app.register(fastifyReceiver, { receiver, path: PATH })
    await app.ready()
    return serve(app.server)
  },
}

const nodeHost: Host = {
  name: 'node:http',
  start: (receiver) => serve(createServer(nodeReceiver(receiver))),
  startBehindParser(receiver) {
    const handle = nodeReceiver(receiver)
    return listen((request, response) => {
      void buffer(request).then(() => handle(request, response))
    })
  },
}

function hono(receiver: Receiver, ...before: MiddlewareHandler[]): Promise<Listening> {
  const app = new Hono()
  for (const middleware of before) app.use(middleware)
  const handle = fetchReceiver(receiver)
  app.all(PATH, (c) => handle(c.req.raw))
  const listener = getRequestListener(app.fetch)
  return listen((request, response) => void listener(request, response))
}

const honoHost: Host = {
  name: 'fetch, by Hono',
  start: (receiver) => hono(receiver),
  startBehindParser: (receiver) =>
    hono(receiver, async (c, next) => {
      await c.req.json()
      await next()
    }),
}

function koa(
  receiver: Receiver,
  before?: (request: IncomingMessage) => Promise<unknown>,
): Promise<Listening> {
  const handle = nodeReceiver(receiver)
  const app = new Koa()
  app.silent = true
  app.use(async (ctx, next) => {
    await before?.(ctx.req)
    await next()
  })
  app.use((ctx, next) => {
    if (ctx.path !== PATH) return next()
    ctx.respond = false
    handle(ctx.req, ctx.res)
    return undefined
  })
  const listener = app.callback()
  return listen((request, response) => void listener(request, response))
}

const koaHost: Host = {
  name: 'Koa',
  start: (receiver) => koa(receiver),
  startBehindParser: (receiver) => koa(receiver, buffer),
}

export const hosts: Host[] = [
  expressHost('Express 5', express5),
  expressHost('Express 4', express4),
  fastifyHost,
  honoHost,
  nodeHost,
  koaHost,
]
