import { init, type Arunika, type ArunikaOptions } from '@arunika/browser'
import { createArunika, useArunika, type PageRouter } from '@arunika/browser/vue'
import { expectTypeOf, test } from 'vitest'
import { createApp } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'

interface ShopEvents {
  cart_opened: undefined
  payment_processed: { orderId: string; amount: number }
}
const options: ArunikaOptions = { appId: 'app_shop', endpoint: 'https://events.example.com' }
const router = createRouter({ history: createMemoryHistory(), routes: [] })

test('the plugin takes a client of any events, or options, with the router of vue-router or none', () => {
  const app = createApp({})
  app.use(createArunika({ client: init(options) }))
  app.use(createArunika({ client: init<ShopEvents>(options), router }))
  app.use(createArunika({ options, router }))
  app.use(createArunika({ options, router: undefined }))
  expectTypeOf<Router>().toExtend<PageRouter>()
})

test('a plugin with neither, with both or with wrong options is a compile error', () => {
  // @ts-expect-error: it needs a client or options
  createArunika({ router })
  // @ts-expect-error: the client has its options already
  createArunika({ client: init(options), options })
  // @ts-expect-error: the endpoint is missing
  createArunika({ options: { appId: 'app_shop' } })
  // @ts-expect-error: a router follows navigations
  createArunika({ options, router: {} })
  // @ts-expect-error: the plugin has its options already
  createApp({}).use(createArunika({ options }), { router })
})

test('useArunika gives a client of the events that it is told', () => {
  expectTypeOf(useArunika()).toEqualTypeOf<Arunika>()
  const shop = useArunika<ShopEvents>()
  expectTypeOf(shop).toEqualTypeOf<Arunika<ShopEvents>>()
  shop.logActivity('payment_processed', 'Paid', { orderId: 'A-7', amount: 19.9 })
  // @ts-expect-error: not in the map
  shop.logActivity('payment_procesed')
  // @ts-expect-error: a map's metadata is an object or undefined
  useArunika<{ login: string }>()
})
