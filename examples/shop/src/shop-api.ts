import type { LampId } from './catalog'

/** What the page asks of the backend, and what it gets. A refusal is `{ error }`, in words that a visitor can read. */

/** Who has signed in. */
export interface Account {
  userId: string
  email: string
  name: string
}

/** The answer of `POST /api/session`, `/api/sign-in` and `/api/sign-out`. */
export interface VisitorAnswer {
  account: Account | null
}

/** The body of `POST /api/sign-in`. The first time makes the account. */
export interface SignIn {
  name: string
  email: string
  password: string
}

/** One line of a cart. */
export interface CartLine {
  lampId: LampId
  quantity: number
}

/** The body of `POST /api/orders`. What it costs, the backend says. */
export interface Checkout {
  lines: CartLine[]
}

/** The answer of `POST /api/orders` and `GET /api/orders/:orderId`. */
export interface Order {
  orderId: string
  lines: CartLine[]
  amountCents: number
  status: 'paid' | 'shipped'
}

/** The answer of `GET /config.json`: what the page must know of Arunika. None of it is secret. */
export interface PageConfig {
  appId: string
  endpoint: string
}

/** The header by which the page tells its Arunika session. */
export const SESSION_HEADER = 'x-arunika-session'
