import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { findLamp } from '../../catalog'
import { money } from '../../money'
import type { Order } from '../../shop-api'
import { askShop } from '../ask-shop'
import { useCart } from '../cart'
import { CartRow } from '../cart-row'
import { EmptyLamp } from '../empty-lamp'
import { Page } from '../page'
import { useVisitor } from '../visitor'

export function CartPage() {
  const cart = useCart()
  if (cart.count === 0) {
    return (
      <Page title="Cart" className="narrow empty">
        <EmptyLamp />
        <h1>Nothing is lit yet</h1>
        <p>Your cart is empty. There are six lamps to choose from.</p>
        <Link to="/" className="button">
          See the lamps
        </Link>
      </Page>
    )
  }
  return (
    <Page title="Cart" className="narrow">
      <h1>Cart</h1>
      <ul className="cart">
        {cart.lines.map(({ lampId, quantity }) => {
          const lamp = findLamp(lampId)
          return lamp && <CartRow key={lampId} lamp={lamp} quantity={quantity} />
        })}
      </ul>
      <p className="total">
        <span>Total, shipping included</span>
        <strong>{money(cart.amountCents)}</strong>
      </p>
      <Pay />
    </Page>
  )
}

/** Pays, for those who have signed in; the others are asked to. */
function Pay() {
  const cart = useCart()
  const { account } = useVisitor()
  const navigate = useNavigate()
  const [isPaying, setPaying] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)

  async function pay(): Promise<void> {
    setPaying(true)
    setFailure(null)
    try {
      const { orderId } = await askShop<Order>('POST', '/api/orders', { lines: cart.lines })
      cart.clear()
      await navigate(`/orders/${orderId}`)
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error))
      setPaying(false)
    }
  }

  if (account === null) {
    return (
      <div className="pay">
        <Link to="/sign-in" state={{ from: '/cart' }} className="button button--wide">
          Sign in to pay
        </Link>
      </div>
    )
  }
  return (
    <div className="pay">
      <button type="button" className="button button--wide" disabled={isPaying} onClick={() => void pay()}>
        {isPaying ? 'One moment …' : `Pay ${money(cart.amountCents)}`}
      </button>
      <p className="note">This is a demonstration: no card, no charge, no parcel.</p>
      <p role="alert" className="failure">
        {failure}
      </p>
    </div>
  )
}
