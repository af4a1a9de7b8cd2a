import { init, type Arunika, type ArunikaOptions } from '@arunika/browser'
import { ArunikaProvider, useArunika, usePageView } from '@arunika/browser/react'
import type { ReactElement } from 'react'
import { expectTypeOf, test } from 'vitest'

interface ShopEvents {
  cart_opened: undefined
  payment_processed: { orderId: string; amount: number }
}
const options: ArunikaOptions = { appId: 'app_shop', endpoint: 'https://events.example.com' }

// A component is a function of its props.
test('a provider takes a client of any events, or options', () => {
  ArunikaProvider({ client: init(options) })
  ArunikaProvider({ client: init<ShopEvents>(options), children: 'text' })
  expectTypeOf(ArunikaProvider({ options })).toEqualTypeOf<ReactElement>()
})

test('a provider with neither, with both or with wrong options is a compile error', () => {
  // @ts-expect-error: it needs a client or options
  ArunikaProvider({ children: 'text' })
  // @ts-expect-error: the client has its options already
  ArunikaProvider({ client: init(options), options })
  // @ts-expect-error: the endpoint is missing
  ArunikaProvider({ options: { appId: 'app_shop' } })
})

test('the hook gives a client of the events that it is told', () => {
  expectTypeOf(useArunika()).toEqualTypeOf<Arunika>()
  const shop = useArunika<ShopEvents>()
  expectTypeOf(shop).toEqualTypeOf<Arunika<ShopEvents>>()
  shop.logActivity('payment_processed', 'Paid', { orderId: 'A-7', amount: 19.9 })
  // @ts-expect-error: not in the map
  shop.logActivity('payment_procesed')
  // @ts-expect-error: a map's metadata is an object or undefined
  useArunika<{ login: string }>()
})

test('a page view has a path, and properties that are an object', () => {
  expectTypeOf(usePageView).parameters.toEqualTypeOf<[path: string, properties?: object]>()
  expectTypeOf(usePageView).returns.toBeVoid()
  // @ts-expect-error: the path is missing
  usePageView()
  // @ts-expect-error: text is no properties
  usePageView('/', 'grid')
})
