import { CURRENCY } from './catalog'

const format = new Intl.NumberFormat('en', { style: 'currency', currency: CURRENCY })

/** An amount of cents as a customer reads it: `€24.00`. */
export function money(cents: number): string {
  return format.format(cents / 100)
}
