import express, { type Request } from 'express'
import createFastify, { type FastifyRequest } from 'fastify'
import { describe, expectTypeOf, it } from 'vitest'
import {
  Arunika,
  forRequest,
  type ArunikaOptions,
  type RegisteredEvents,
  type UserClient,
} from '@arunika/node'
import { expressArunika } from '@arunika/node/express'
import { fastifyArunika } from '@arunika/node/fastify'

// What is registered counts for a whole program, and so for every test of this package. Other types go here too, so that only what
// this file names is narrowed; an app leaves that line out.
declare module '@arunika/node' {
  interface Register {
    events: {
      [type: string]: object | undefined
      registered_order: { orderId: string; amount: number }
      registered_login: undefined
    }
  }
}

interface ShopEvents {
  login: undefined
  payment_processed: { orderId: string; amount: number }
}

interface SignedIn {
  user?: { id: string }
}

declare const options: ArunikaOptions
const any = new Arunika(options)
const shop = new Arunika<ShopEvents>(options)

describe('the request of Express', () => {
  it('has the calls about whoever made it', () => {
    expectTypeOf<Request['arunika']>().toEqualTypeOf<UserClient>()
    express().post('/orders', (req) => {
      expectTypeOf(req.arunika.logActivity('registered_login')).toEqualTypeOf<boolean>()
      req.arunika.identify({ email: 'sari@example.com' })
      req.arunika.registerUser({ userId: 'user-42', email: 'sari@example.com' })
    })
  })

  it('is what the user is found by', () => {
    const app = express()
    app.use(expressArunika(any))
    app.use(expressArunika(any, {}))
    app.use(expressArunika(any, { user: (req: Request & SignedIn) => req.user?.id }))
    app.use(expressArunika(shop, { user: (req: Request) => ({ email: req.get('x-email') }) }))
    app.use('/shop', expressArunika(any, { user: () => null }))
    // @ts-expect-error nobody is named by a number
    app.use(expressArunika(any, { user: () => 42 }))
    // @ts-expect-error the function must not be asynchronous
    app.use(expressArunika(any, { user: () => Promise.resolve('user-42') }))
  })

  it('needs no annotation within app.use', () => {
    express().use(
      expressArunika(any, {
        user: (req) => {
          expectTypeOf(req.headers).not.toBeAny()
          return req.headers['x-user']?.toString()
        },
      }),
    )
  })
})

describe('the request of Fastify', () => {
  it('has the calls about whoever made it', () => {
    expectTypeOf<FastifyRequest['arunika']>().toEqualTypeOf<UserClient>()
    createFastify().post('/orders', (request) => {
      expectTypeOf(request.arunika.logActivity('registered_login')).toEqualTypeOf<boolean>()
    })
  })

  it('is what the user is found by', () => {
    const app = createFastify()
    void app.register(fastifyArunika, { arunika: any })
    void app.register(fastifyArunika, {
      arunika: any,
      user: (request) => {
        expectTypeOf(request).toEqualTypeOf<FastifyRequest>()
        return request.headers['x-user']?.toString()
      },
    })
    // @ts-expect-error the client is missing
    void app.register(fastifyArunika, {})
  })

  it('goes with a client that knows its own events', () => {
    void createFastify().register(fastifyArunika, { arunika: shop })
  })
})

describe('what the app has registered', () => {
  it('is known on requests', () => {
    expectTypeOf<RegisteredEvents['registered_order']>().toEqualTypeOf<{ orderId: string; amount: number }>()
    express().post('/orders', (req) => {
      req.arunika.logActivity('registered_order', undefined, { orderId: 'A-7', amount: 1 })
      // @ts-expect-error a field is missing
      req.arunika.logActivity('registered_order', undefined, { orderId: 'A-7' })
      // @ts-expect-error the metadata is missing
      req.arunika.logActivity('registered_order')
      // @ts-expect-error a login has no metadata
      req.arunika.logActivity('registered_login', undefined, { at: 1 })
    })
  })

  it('counts for a user’s client that is typed by itself', () => {
    const visitor: UserClient = any.forUser('user-42')
    // @ts-expect-error the amount is a number
    visitor.logActivity('registered_order', undefined, { orderId: 'A-7', amount: '1' })
  })
})

describe('the client of a user', () => {
  it('knows the events of the client that it is from', () => {
    const sari = shop.forUser('user-42')
    expectTypeOf(sari).toEqualTypeOf<UserClient<ShopEvents>>()
    sari.logActivity('payment_processed', 'Paid', { orderId: 'A-7', amount: 1 })
    // @ts-expect-error a misspelled type
    sari.logActivity('payment_procesed', 'Paid', { orderId: 'A-7', amount: 1 })
    shop.forUser(() => ({ email: 'sari@example.com' })).logActivity('login')
    // @ts-expect-error nobody is named by a number
    shop.forUser(42)
  })
})

describe('forRequest', () => {
  it('takes whatever has headers, and hands the request to the function', () => {
    const request = new globalThis.Request('http://localhost')
    const visitor = forRequest(shop, request, {
      user: (one) => {
        expectTypeOf(one).toEqualTypeOf<globalThis.Request>()
        return null
      },
    })
    visitor.logActivity('login')
    // @ts-expect-error a login has no metadata
    visitor.logActivity('login', undefined, { at: 1 })
    forRequest(any, { headers: { cookie: 'a=b', accept: undefined } }).logActivity('anything')
    // @ts-expect-error a request has headers
    forRequest(any, {})
  })
})
