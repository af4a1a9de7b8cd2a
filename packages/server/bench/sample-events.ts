import { createUuidV7, type ArunikaEvent } from '@arunika/protocol'

/** UUIDs of version 7, each after the last. */
export const uuid = createUuidV7()

const PAGES = ['teh-melati', 'kopi-gayo', 'gula-aren', 'kunyit-asam', 'jahe-merah', 'kayu-manis', 'cengkeh']
const SCREENS = [
  { width: 390, height: 844 },
  { width: 1_440, height: 900 },
  { width: 1_920, height: 1_080 },
]

/** A page view as a shop's pages make them: 300 to 400 bytes as JSON. */
export function aPageView(number: number): ArunikaEvent {
  const page = PAGES[number % PAGES.length] ?? ''
  return {
    eventId: uuid(),
    eventType: 'page_view',
    timestamp: new Date().toISOString(),
    eventData: { section: 'catalog', position: number % 24, product: `sku-${number % 997}` },
    context: {
      page: {
        url: `https://shop.example/products/${page}`,
        path: `/products/${page}`,
        title: `Toko: ${page}`,
      },
      locale: 'id-ID',
      screen: SCREENS[number % SCREENS.length] ?? {},
    },
  }
}

/** An event of a backend about a person: about as large. */
export function anOrder(number: number): ArunikaEvent {
  return {
    eventId: uuid(),
    eventType: 'order_shipped',
    timestamp: new Date().toISOString(),
    description: 'An order has left the warehouse',
    eventData: { orderId: `ord-${number}`, items: 1 + (number % 5), total: 19.9, currency: 'IDR' },
    context: { host: 'shop-backend-1', library: { name: '@arunika/node', version: '0.1.0' } },
  }
}

/** The ids of a person. */
export function personOf(userId: string): { userId: string; email: string } {
  return { userId, email: `${userId}@shop.example` }
}
