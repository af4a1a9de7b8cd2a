import type { Activity } from '@arunika/protocol'
import { money } from '../../money'
import { TITLE_SUFFIX } from '../page'

/** An event in words: what happened, and to what. */
export interface Description {
  title: string
  detail?: string | undefined
}

/** Says what an event means, for those whom the shop knows; of any other, what it says of itself. */
export function describeActivity({ eventType, eventData = {}, context, description }: Activity): Description {
  const text = (field: string): string | undefined => {
    const value = eventData[field]
    return typeof value === 'string' ? value : undefined
  }
  switch (eventType) {
    case 'page_view': {
      const page = context?.page
      return { title: `Viewed “${page?.title?.replace(TITLE_SUFFIX, '') ?? 'a page'}”`, detail: page?.path }
    }
    case 'add_to_cart':
      return { title: `Put ${text('name') ?? 'a lamp'} into the cart` }
    case 'remove_from_cart':
      return { title: `Took ${text('name') ?? 'a lamp'} out of the cart` }
    case 'user_registered':
      return { title: 'Became a customer' }
    case 'user_identified':
      return { title: 'Signed in' }
    case 'login':
      return { title: 'Was welcomed back' }
    case 'payment_processed': {
      const cents = eventData['amountCents']
      return {
        title: typeof cents === 'number' ? `Paid ${money(cents)}` : 'Paid',
        detail: text('orderId'),
      }
    }
    case 'order_shipped':
      return { title: `Order shipped by ${text('carrier') ?? 'post'}`, detail: text('orderId') }
    default:
      return { title: inWords(eventType), detail: description }
  }
}

/** `hello_from_curl` as `Hello from curl`. */
function inWords(eventType: string): string {
  const words = eventType.replaceAll(/[_.-]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
