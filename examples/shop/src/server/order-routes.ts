import type { Arunika } from '@arunika/node'
import { Router } from 'express'
import { CURRENCY } from '../catalog'
import type { ShopEvents } from '../events'
import { money } from '../money'
import type { Order } from '../shop-api'
import type { Orders } from './orders'
import { readCheckout } from './read-body'
import { visitorOf } from './recognise-visitor'
import { Refusal } from './refusal'

/** Buying: `POST /orders` pays and has the order packed, `GET /orders/:orderId` tells where it is. */
export function orderRoutes(arunika: Arunika<ShopEvents>, orders: Orders): Router {
  const router = Router()

  router.post('/orders', (request, response) => {
    const { account, sessionId } = visitorOf(response)
    if (account === null) throw new Refusal(401, 'Sign in to pay')
    const { lines } = readCheckout(request.body)

    // Both ids: the user's joins these events to the person, the session's joins what the browser has reported until now.
    const user = { userId: account.userId, sessionId }
    const order = orders.place(account, lines, ({ orderId }) => {
      arunika.logActivity(user, 'order_shipped', `Order ${orderId} left the warehouse`, {
        orderId,
        carrier: 'Night post',
      })
    })
    const { orderId, amountCents } = order
    arunika.logActivity(user, 'payment_processed', `Paid ${money(amountCents)} for order ${orderId}`, {
      orderId,
      amountCents,
      currency: CURRENCY,
      lamps: lines.reduce((sum, line) => sum + line.quantity, 0),
    })
    response.status(201).json(order satisfies Order)
  })

  router.get('/orders/:orderId', (request, response) => {
    const { account } = visitorOf(response)
    const order = account && orders.find(account, request.params.orderId)
    if (order === null) throw new Refusal(404, 'There is no such order of yours')
    response.json(order satisfies Order)
  })

  return router
}
