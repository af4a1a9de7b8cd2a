/**
 * What the shop reports, and what each event carries: the page and the backend both use this map, so a wrong name or a wrong field
 * is an error of the compiler. Page views, registrations and sign-ins are Arunika's own types and need no entry.
 */
export interface ShopEvents {
  add_to_cart: CartChange
  remove_from_cart: CartChange
  login: undefined
  payment_processed: { orderId: string; amountCents: number; currency: string; lamps: number }
  order_shipped: { orderId: string; carrier: string }
}

interface CartChange {
  lampId: string
  name: string
  priceCents: number
  currency: string
}
