import { expect, it } from 'vitest'
import { createSteadyNow } from './steady-now'

it('goes on from where it was when the clock is set back, and follows it forward', () => {
  let wall = 10_000
  const now = createSteadyNow(() => wall)
  expect(now()).toBe(10_000)
  wall -= 3_600
  expect(now()).toBe(10_000)
  wall += 50
  expect(now()).toBe(10_050)
  wall -= 1
  expect(now()).toBe(10_050)
  wall += 1_000_000 // the machine slept
  expect(now()).toBe(1_010_050)
})
