import { createContext, use, useState, type ReactNode } from 'react'
import { CURRENCY, findLamp, LAMPS, type Lamp } from '../catalog'
import type { CartLine } from '../shop-api'
import { arunika } from './arunika'

interface Cart {
  lines: CartLine[]
  /** How many lamps are in it. */
  count: number
  amountCents: number
  add: (lamp: Lamp) => void
  /** Takes one out. */
  remove: (lamp: Lamp) => void
  clear: () => void
}

const CartContext = createContext<Cart | null>(null)
const STORAGE_KEY = 'small-hours-cart'

/** The cart. @throws TypeError outside of {@link CartProvider}. */
export function useCart(): Cart {
  const cart = use(CartContext)
  if (cart === null) throw new TypeError('useCart needs a CartProvider around it')
  return cart
}

/** Keeps the cart over reloads, and reports what is put into it and taken out. */
export function CartProvider({ children }: { children: ReactNode }) {
  const [lines, setLines] = useState(readLines)

  function change(next: CartLine[]): void {
    setLines(next)
    localStorage.setItem(STORAGE_KEY, JSON.stringify(next))
  }

  function setQuantity(lamp: Lamp, change: number): CartLine[] {
    const quantityOf = (id: string) => lines.find(({ lampId }) => lampId === id)?.quantity ?? 0
    return LAMPS.map(({ id }) => ({
      lampId: id,
      quantity: quantityOf(id) + (id === lamp.id ? change : 0),
    })).filter(({ quantity }) => quantity > 0)
  }

  const cart: Cart = {
    lines,
    count: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    amountCents: lines.reduce(
      (sum, line) => sum + (findLamp(line.lampId)?.priceCents ?? 0) * line.quantity,
      0,
    ),
    add(lamp) {
      change(setQuantity(lamp, 1))
      arunika.logActivity('add_to_cart', `Added ${lamp.name}`, metadataOf(lamp))
    },
    remove(lamp) {
      change(setQuantity(lamp, -1))
      arunika.logActivity('remove_from_cart', `Removed ${lamp.name}`, metadataOf(lamp))
    },
    clear: () => change([]),
  }
  return <CartContext value={cart}>{children}</CartContext>
}

function metadataOf({ id, name, priceCents }: Lamp) {
  return { lampId: id, name, priceCents, currency: CURRENCY }
}

/** The cart of the last visit. What is there may be anyone's writing. */
function readLines(): CartLine[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isLine) : []
  } catch {
    return [] // no JSON: an empty cart is all that can be had
  }
}

function isLine(value: unknown): value is CartLine {
  if (typeof value !== 'object' || value === null || !('lampId' in value) || !('quantity' in value))
    return false
  return (
    findLamp(value.lampId) !== undefined && Number.isInteger(value.quantity) && Number(value.quantity) > 0
  )
}
