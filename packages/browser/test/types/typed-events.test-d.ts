import { init, type Arunika, type IdentifyAnswer } from '@arunika/browser'
import { expectTypeOf, test } from 'vitest'

interface ShopEvents {
  cart_opened: undefined
  payment_processed: { orderId: string; amount: number }
  searched: { query?: string }
}
const options = { appId: 'app_shop', endpoint: 'https://events.example.com' }
const shop = init<ShopEvents>(options)

test('a known type with its metadata compiles', () => {
  shop.logActivity('payment_processed', 'Paid', { orderId: 'A-7', amount: 19.9 })
  shop.logActivity('payment_processed', undefined, { orderId: 'A-7', amount: 19.9 })
  shop.logActivity('cart_opened')
  shop.logActivity('searched', 'Looked for a lamp')
  shop.logActivity('searched', undefined, { query: 'lamp' })
})

test('an unknown type is a compile error', () => {
  // @ts-expect-error: not in the map
  shop.logActivity('payment_procesed', 'Paid', { orderId: 'A-7', amount: 19.9 })
})

test('wrong, missing or needless metadata is a compile error', () => {
  // @ts-expect-error: amount is a number
  shop.logActivity('payment_processed', 'Paid', { orderId: 'A-7', amount: '19.9' })
  // @ts-expect-error: orderId is missing
  shop.logActivity('payment_processed', 'Paid', { amount: 19.9 })
  // @ts-expect-error: the metadata is missing
  shop.logActivity('payment_processed')
  // @ts-expect-error: this type carries none
  shop.logActivity('cart_opened', 'Opened', { items: 3 })
})

test('without a map any type goes, with any metadata', () => {
  const any = init(options)
  any.logActivity('whatever')
  any.logActivity('whatever', 'for a reason', { anything: [1, 2, 3] })
  expectTypeOf(any).toEqualTypeOf<Arunika>()
})

test('metadata that is not an object is a compile error everywhere', () => {
  // @ts-expect-error: text is no metadata
  init(options).logActivity('whatever', 'for a reason', 'text')
  // @ts-expect-error: a map's metadata is an object or undefined
  init<{ login: string }>(options)
})

test('the answer of identify is told apart by its profileId', () => {
  expectTypeOf(shop.identify({ userId: 'u1' })).resolves.toEqualTypeOf<IdentifyAnswer>()
  expectTypeOf(shop.registerUser({ userId: 'u1', email: 'a@b.c' })).resolves.toEqualTypeOf<IdentifyAnswer>()
  expectTypeOf<IdentifyAnswer['profileId']>().toEqualTypeOf<string | null>()
  expectTypeOf<IdentifyAnswer['status']>().toEqualTypeOf<'pending' | 'active' | 'suspended' | 'queued'>()
  // @ts-expect-error: a registration has a userId and an email
  void shop.registerUser({ userId: 'u1' })
})

test('a listener gets what its name says', () => {
  shop.on('delivered', ({ events }) => expectTypeOf(events[0]?.eventId).toEqualTypeOf<string | undefined>())
  shop.on('dropped', ({ reason }) =>
    expectTypeOf(reason).toEqualTypeOf<'outbox_full' | 'closed' | 'opted_out' | 'before_send'>(),
  )
  shop.on('error', (error) => expectTypeOf(error.code).toEqualTypeOf<string>())
  // @ts-expect-error: nothing is told by this name
  shop.on('sent', () => undefined)
})
