import { randomInt } from 'node:crypto'
import { findLamp } from '../catalog'
import type { Account, CartLine, Order } from '../shop-api'

/** How long the warehouse takes, in milliseconds. */
const PACKING_MS = 3_000

/** What was bought, for as long as this process lives. */
export class Orders {
  readonly #orders = new Map<string, { order: Order; userId: string }>()
  readonly #packing = new Set<NodeJS.Timeout>()

  /** Takes an order, and calls back when it has left the warehouse. */
  place(account: Account, lines: CartLine[], onShipped: (order: Order) => void): Order {
    const order: Order = {
      orderId: `SH-${randomInt(100_000, 1_000_000)}`,
      lines,
      amountCents: lines.reduce((sum, { lampId, quantity }) => sum + priceOf(lampId) * quantity, 0),
      status: 'paid',
    }
    this.#orders.set(order.orderId, { order, userId: account.userId })
    const timer = setTimeout(() => {
      this.#packing.delete(timer)
      order.status = 'shipped'
      onShipped(order)
    }, PACKING_MS)
    this.#packing.add(timer)
    return order
  }

  /** An order, for the person who made it and nobody else. */
  find(account: Account, orderId: string): Order | null {
    const found = this.#orders.get(orderId)
    return found?.userId === account.userId ? found.order : null
  }

  /** Stops the warehouse: what it has not packed by now stays where it is. */
  close(): void {
    for (const timer of this.#packing) clearTimeout(timer)
    this.#packing.clear()
  }
}

function priceOf(lampId: string): number {
  const lamp = findLamp(lampId)
  if (lamp === undefined) throw new TypeError(`there is no lamp ${lampId}`)
  return lamp.priceCents
}
