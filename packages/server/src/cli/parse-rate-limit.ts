import { InvalidArgumentError } from 'commander'
import type { RateLimit } from '../http/rate-limits'

/**
 * `30000,60000`: requests of an address and of an app in 10 s. `off`: no limit.
 *
 * @throws InvalidArgumentError where it is neither.
 */
export function parseRateLimit(text: string): RateLimit | false {
  if (text === 'off') return false
  const match = /^([1-9]\d{0,8}),([1-9]\d{0,8})$/.exec(text)
  if (match === null) {
    throw new InvalidArgumentError(
      'It must be off, or two numbers: requests of an address and of an app in 10 s, like 30000,60000.',
    )
  }
  return { perAddress: Number(match[1]), perApp: Number(match[2]) }
}
