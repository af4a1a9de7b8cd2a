import { describe, expect, it } from 'vitest'
import { createSigningClock } from './signing-clock'

const NOW = Date.parse('2026-01-31T09:30:00.000Z')
const dateAt = (ms: number) => new Date(ms).toUTCString()

function setUp() {
  const system = { now: NOW }
  return { clock: createSigningClock(() => system.now), system }
}

describe('the clock of signatures', () => {
  it('is the system’s', () => {
    const { clock, system } = setUp()
    expect(clock.now()).toBe(NOW)
    system.now += 1_000
    expect(clock.now()).toBe(NOW + 1_000)
    expect(createSigningClock().now()).toBeCloseTo(Date.now(), -3)
  })

  it.each([
    ['behind', 3_600_000],
    ['ahead', -3_600_000],
    ['just as far off as a signature may not be', 300_000],
  ])('goes by the server’s once a refusal shows that the system’s is %s', (_, behindMs) => {
    const { clock, system } = setUp()
    expect(clock.correct(dateAt(NOW + behindMs), clock.behindMs)).toBe(behindMs)
    expect(clock.now()).toBe(NOW + behindMs)
    system.now += 60_000
    expect(clock.now()).toBe(NOW + behindMs + 60_000)
  })

  it.each([
    ['the same', dateAt(NOW)],
    ['a little other', dateAt(NOW + 290_000)],
    ['a little other the other way', dateAt(NOW - 290_000)],
    ['none', undefined],
    ['null', null],
    ['empty', ''],
    ['unreadable', 'soon'],
  ])('stays where the server’s time is %s: that was not the reason', (_, date) => {
    const { clock } = setUp()
    expect(clock.correct(date, clock.behindMs)).toBeNull()
    expect(clock.now()).toBe(NOW)
  })

  it('is corrected once: a refusal by the right time has another reason', () => {
    const { clock, system } = setUp()
    clock.correct(dateAt(NOW + 3_600_000), clock.behindMs)
    system.now += 2_000
    expect(clock.correct(dateAt(NOW + 3_602_000), clock.behindMs)).toBeNull()
    expect(clock.now()).toBe(NOW + 3_602_000)
  })

  it('is judged by what a request was signed with, where another answer has corrected it since', () => {
    const { clock } = setUp()
    clock.correct(dateAt(NOW + 3_600_000), 0)
    expect(clock.correct(dateAt(NOW + 3_600_000), 0)).toBe(3_600_000)
    expect(clock.behindMs).toBe(3_600_000)
  })

  it('finds back when the system’s is set right', () => {
    const { clock, system } = setUp()
    clock.correct(dateAt(NOW + 3_600_000), clock.behindMs)
    system.now += 3_600_000
    expect(clock.correct(dateAt(system.now), clock.behindMs)).toBe(0)
    expect(clock.now()).toBe(system.now)
  })
})
