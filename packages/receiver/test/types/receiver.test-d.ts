import { createReceiver, type HandlerContext, type VerifiedWebhook, verify } from '@arunika/receiver'
import { standardWebhooks } from '@arunika/receiver/providers'
import { describe, expectTypeOf, it } from 'vitest'

interface Events {
  'order.shipped': { orderId: string }
  'order.item.added': { sku: string }
  ping: null
}

const provider = standardWebhooks({ secret: 'whsec_AAAA' })
const receiver = createReceiver<Events>({ provider })

describe('on', () => {
  it('types the data by the name', () => {
    receiver.on('order.shipped', (event, context) => {
      expectTypeOf(event.type).toEqualTypeOf<'order.shipped'>()
      expectTypeOf(event.data).toEqualTypeOf<{ orderId: string }>()
      expectTypeOf(context).toEqualTypeOf<HandlerContext>()
    })
  })

  it('types a wildcard as all that it covers, told apart by their type', () => {
    receiver.on('order.*', (event) => {
      expectTypeOf(event.type).toEqualTypeOf<'order.shipped' | 'order.item.added'>()
      if (event.type === 'order.shipped') expectTypeOf(event.data).toEqualTypeOf<{ orderId: string }>()
    })
    receiver.on('order.item.*', (event) => {
      expectTypeOf(event.type).toEqualTypeOf<'order.item.added'>()
    })
  })

  it('refuses a name that the sender does not have', () => {
    // @ts-expect-error: no such type
    receiver.on('order.shiped', () => undefined)
    // @ts-expect-error: covers nothing
    receiver.on('payment.*', () => undefined)
    // @ts-expect-error: nothing is below it
    receiver.on('ping.*', () => undefined)
  })

  it('takes any type where none are told', () => {
    createReceiver({ provider })
      .on('anything.at.all', (event) => {
        expectTypeOf(event.type).toEqualTypeOf<string>()
        expectTypeOf(event.data).toEqualTypeOf<unknown>()
      })
      .on('order.*', (event) => {
        expectTypeOf(event.data).toEqualTypeOf<unknown>()
      })
  })

  it('gives the receiver back, to go on with', () => {
    expectTypeOf(receiver.on('ping', () => undefined)).toEqualTypeOf(receiver)
  })
})

describe('onAny', () => {
  it('types the event as any of them', () => {
    receiver.onAny((event) => {
      expectTypeOf(event.type).toEqualTypeOf<keyof Events>()
      if (event.type === 'ping') expectTypeOf(event.data).toEqualTypeOf<null>()
    })
  })
})

describe('verify', () => {
  it('takes headers in each form, and bytes', () => {
    const body = new Uint8Array()
    expectTypeOf(verify(provider, { headers: new Headers(), body })).resolves.toEqualTypeOf<
      VerifiedWebhook<'signed'>
    >()
    expectTypeOf(verify).toBeCallableWith(provider, { headers: ['host', 'x'], body: 'text' })
    expectTypeOf(verify).toBeCallableWith(provider, { headers: { host: 'x', a: ['b'] }, body: body.buffer })
  })

  it('refuses a body that was parsed', () => {
    // @ts-expect-error: not the bytes
    void verify(provider, { headers: {}, body: { type: 'a' } })
  })
})
