import { Link } from 'react-router'
import type { Lamp } from '../catalog'
import { money } from '../money'
import { useCart } from './cart'
import { LampPicture } from './lamp-picture'

/** One kind of lamp in the cart. */
export function CartRow({ lamp, quantity }: { lamp: Lamp; quantity: number }) {
  const { add, remove } = useCart()
  return (
    <li className="cart-row">
      <LampPicture id={lamp.id} />
      <div className="cart-row__words">
        <Link to={`/lamps/${lamp.id}`}>{lamp.name}</Link>
        <span>{lamp.kind}</span>
      </div>
      <div className="stepper" role="group" aria-label={`${lamp.name}, quantity`}>
        <button type="button" aria-label={`One ${lamp.name} less`} onClick={() => remove(lamp)}>
          −
        </button>
        <output>{quantity}</output>
        <button
          type="button"
          aria-label={`One ${lamp.name} more`}
          disabled={quantity >= 99}
          onClick={() => add(lamp)}
        >
          +
        </button>
      </div>
      <span className="cart-row__price">{money(lamp.priceCents * quantity)}</span>
    </li>
  )
}
