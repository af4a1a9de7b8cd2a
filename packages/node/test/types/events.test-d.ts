import { assertType, describe, expectTypeOf, it } from 'vitest'
import { Arunika, type ArunikaError, type ArunikaOptions, type ServerEvent } from '../../src/index'

interface ShopEvents {
  login: undefined
  cart_opened: { items?: number }
  payment_processed: { orderId: string; amount: number }
  order_shipped: { orderId: string } | undefined
}

declare const options: ArunikaOptions
const shop = new Arunika<ShopEvents>(options)
const any = new Arunika(options)

describe('the map of an app’s events', () => {
  it('lets through what it names', () => {
    shop.logActivity('user-42', 'payment_processed', 'Paid', { orderId: 'A-7', amount: 1 })
    shop.logActivity({ email: 'a@b' }, 'payment_processed', undefined, { orderId: 'A-7', amount: 1 })
    shop.logActivity('user-42', 'cart_opened')
    shop.logActivity('user-42', 'cart_opened', 'Opened', { items: 2 })
    shop.logActivity('user-42', 'order_shipped')
    shop.logActivity('user-42', 'order_shipped', undefined, { orderId: 'A-7' })
    shop.logActivity('user-42', 'login', 'Signed in')
  })

  it('refuses a type that it does not name', () => {
    // @ts-expect-error a misspelled type
    shop.logActivity('user-42', 'payment_procesed', 'Paid', { orderId: 'A-7', amount: 1 })
  })

  it('refuses metadata of another shape', () => {
    // @ts-expect-error the amount is a number
    shop.logActivity('user-42', 'payment_processed', 'Paid', { orderId: 'A-7', amount: '1' })
    // @ts-expect-error a field is missing
    shop.logActivity('user-42', 'payment_processed', 'Paid', { orderId: 'A-7' })
    // @ts-expect-error there is no such field
    shop.logActivity('user-42', 'cart_opened', undefined, { item: 2 })
    // @ts-expect-error a login has no metadata
    shop.logActivity('user-42', 'login', undefined, { at: 1 })
  })

  it('refuses to leave metadata out that has fields which must be there', () => {
    // @ts-expect-error the order and the amount are missing
    shop.logActivity('user-42', 'payment_processed', 'Paid')
    // @ts-expect-error the order and the amount are missing
    shop.logActivity('user-42', 'payment_processed')
  })

  it('must map to objects', () => {
    // @ts-expect-error metadata is an object
    assertType<Arunika<{ login: string }> | null>(null)
  })
})

describe('without a map', () => {
  it('any type goes, with any metadata or none', () => {
    any.logActivity('user-42', 'anything')
    any.logActivity('user-42', 'anything', undefined, { nested: { list: [1] } })
  })

  it('metadata is an object all the same', () => {
    // @ts-expect-error text is no metadata
    any.logActivity('user-42', 'anything', undefined, 'text')
  })
})

describe('the other calls', () => {
  it('want what the server needs', () => {
    any.registerUser({ userId: 'user-42', email: 'a@b', name: undefined, traits: { plan: 'x' } })
    // @ts-expect-error the email is missing
    any.registerUser({ userId: 'user-42' })
    any.identify({ sessionId: 's-1' }, { email: 'a@b' })
    // @ts-expect-error nobody is named by a number
    any.identify(42, { email: 'a@b' })
  })

  it('tell listeners by name what became of events', () => {
    any.on('delivered', (told) => expectTypeOf(told.events).toEqualTypeOf<ServerEvent[]>())
    any.on('dropped', ({ event, reason }) => {
      expectTypeOf(event).toEqualTypeOf<ServerEvent>()
      expectTypeOf(reason).toEqualTypeOf<'outbox_full' | 'closed' | 'shutdown'>()
    })
    any.on('rejected', (told) => expectTypeOf(told.event.eventId).toEqualTypeOf<string>())
    any.on('error', (error) => expectTypeOf(error).toEqualTypeOf<ArunikaError>())
    // @ts-expect-error nothing is told by this name
    any.on('sent', () => undefined)
  })
})
