import { findLamp } from '../catalog'
import type { CartLine, Checkout, SignIn } from '../shop-api'
import { Refusal } from './refusal'

/** Reads the body of a sign-in. @throws Refusal where a field is missing. */
export function readSignIn(body: unknown): SignIn {
  const name = textOf(body, 'name', 80)
  const email = textOf(body, 'email', 254).toLowerCase()
  const password = textOf(body, 'password', 200)
  if (name === '') throw new Refusal(400, 'Tell us your name')
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new Refusal(400, 'That is not an email address')
  if (password.length < 6) throw new Refusal(400, 'A password has 6 characters or more')
  return { name, email, password }
}

/** Reads the body of a checkout. @throws Refusal where a line is not of this shop. */
export function readCheckout(body: unknown): Checkout {
  const given = fieldOf(body, 'lines')
  if (!Array.isArray(given) || given.length === 0 || given.length > 20) {
    throw new Refusal(400, 'The cart is empty')
  }
  return { lines: given.map(readLine) }
}

function readLine(value: unknown): CartLine {
  const lamp = findLamp(fieldOf(value, 'lampId'))
  const quantity = fieldOf(value, 'quantity')
  if (lamp === undefined) throw new Refusal(400, 'The cart holds a lamp that we do not sell')
  if (!isQuantity(quantity)) throw new Refusal(400, 'We sell 1 to 99 of a lamp')
  return { lampId: lamp.id, quantity }
}

function isQuantity(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 99
}

function textOf(body: unknown, name: string, maxLength: number): string {
  const value = fieldOf(body, name)
  if (typeof value !== 'string' || value.length > maxLength) {
    throw new Refusal(400, `${name} must be text of at most ${maxLength} characters`)
  }
  return value.trim()
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
}
