import { useEffect, useState } from 'react'
import type { Lamp } from '../catalog'
import { useCart } from './cart'

/** How long the button says that it has worked, in milliseconds. */
const SAID_MS = 1_600

/** Puts a lamp into the cart, and says so. */
export function AddButton({ lamp }: { lamp: Lamp }) {
  const { add } = useCart()
  const [added, setAdded] = useState(0)
  useEffect(() => {
    if (added === 0) return
    const timer = setTimeout(() => setAdded(0), SAID_MS)
    return () => clearTimeout(timer)
  }, [added])
  return (
    <>
      <button
        type="button"
        className="button"
        onClick={() => {
          add(lamp)
          setAdded(added + 1)
        }}
      >
        {added === 0 ? 'Add to cart' : 'In your cart'}
      </button>
      <span role="status" className="visually-hidden">
        {added > 0 && `${lamp.name} is in your cart`}
      </span>
    </>
  )
}
