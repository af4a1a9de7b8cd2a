import type { Activity } from '@arunika/protocol'

/** What a visitor can do next to see more of their timeline. */
export function nextStep(activities: Activity[]): string {
  const types = new Set(activities.map(({ eventType }) => eventType))
  if (types.has('order_shipped'))
    return 'That was the whole way: the page, then the shop’s server, one timeline.'
  if (types.has('payment_processed')) return 'Wait a moment: the shop’s server is about to ship your order.'
  if (types.has('user_identified')) return 'Now pay: the shop’s server will report that, not this page.'
  if (types.has('add_to_cart')) return 'Now sign in, and watch what you did so far become yours.'
  return 'Now put a lamp into the cart.'
}
