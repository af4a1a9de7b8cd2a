import { useEffect, useState } from 'react'
import { Link, useParams } from 'react-router'
import { findLamp } from '../../catalog'
import { money } from '../../money'
import type { Order } from '../../shop-api'
import { askShop } from '../ask-shop'
import { LampPicture } from '../lamp-picture'
import { Page } from '../page'
import { useVisitor } from '../visitor'

export function OrderPage() {
  const { orderId = '' } = useParams()
  const { account, timeline } = useVisitor()
  const [order, setOrder] = useState<Order | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const eventCount = timeline.activities.length

  // Asked again whenever something has happened: it may have been this order's shipping.
  useEffect(() => {
    let isLeft = false
    askShop<Order>('GET', `/api/orders/${encodeURIComponent(orderId)}`).then(
      (found) => {
        if (!isLeft) setOrder(found)
      },
      (error: unknown) => {
        if (!isLeft) setFailure(error instanceof Error ? error.message : String(error))
      },
    )
    return () => {
      isLeft = true
    }
  }, [orderId, eventCount, account])

  if (order === null) {
    return (
      <Page title="Order" className="narrow">
        <h1>Order {orderId}</h1>
        <p role="status">{failure ?? 'One moment …'}</p>
      </Page>
    )
  }
  const isShipped = order.status === 'shipped'
  return (
    <Page title="Order" className="narrow">
      <p className="eyebrow">Order {order.orderId}</p>
      <h1>{isShipped ? 'On its way to you' : 'Thank you. We are packing'}</h1>
      <ol className="progress" aria-label="Where the order is">
        <li data-done>Paid</li>
        <li data-done={isShipped || undefined} data-current={!isShipped || undefined}>
          Packed
        </li>
        <li data-done={isShipped || undefined}>Shipped</li>
      </ol>
      <p role="status" className="visually-hidden">
        {isShipped ? 'The order has been shipped' : 'The order is being packed'}
      </p>
      <ul className="cart">
        {order.lines.map(({ lampId, quantity }) => (
          <li key={lampId} className="cart-row">
            <LampPicture id={lampId} />
            <div className="cart-row__words">
              <span>{findLamp(lampId)?.name}</span>
              <span>× {quantity}</span>
            </div>
          </li>
        ))}
      </ul>
      <p className="total">
        <span>Paid</span>
        <strong>{money(order.amountCents)}</strong>
      </p>
      <Link to="/">Back to the lamps</Link>
    </Page>
  )
}
