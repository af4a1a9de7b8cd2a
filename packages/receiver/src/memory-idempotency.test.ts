import { describe, expect, it } from 'vitest'
import type { DeliveryClaim } from './idempotency-store'
import { memoryIdempotency, type MemoryIdempotencyOptions } from './memory-idempotency'

function setup(options: MemoryIdempotencyOptions = {}) {
  const clock = { ms: 0 }
  const store = memoryIdempotency({ ...options, now: () => clock.ms })
  const state = async (key: string) => (await store.claim(key)).state
  async function take(key: string): Promise<DeliveryClaim> {
    const outcome = await store.claim(key)
    if (outcome.state !== 'claimed') throw new Error(`${key} is ${outcome.state}`)
    return outcome.claim
  }
  return { clock, state, take }
}

describe('a key', () => {
  it('goes to exactly one of many that ask at once', async () => {
    const { state } = setup()
    const states = await Promise.all(Array.from({ length: 10 }, () => state('a')))
    expect(states).toEqual(['claimed', ...Array.from({ length: 9 }, () => 'running')])
  })

  it('is done once it is committed', async () => {
    const { state, take } = setup()
    await (await take('a')).commit()
    expect(await state('a')).toBe('done')
    expect(await state('b')).toBe('claimed')
  })

  it('can be taken again once it is released', async () => {
    const { state, take } = setup()
    await (await take('a')).release()
    expect(await state('a')).toBe('claimed')
  })

  it('is forgotten when its time is over', async () => {
    const { clock, state, take } = setup({ ttlSeconds: 10 })
    await (await take('a')).commit()
    clock.ms = 9_999
    expect(await state('a')).toBe('done')
    clock.ms = 10_000
    expect(await state('a')).toBe('claimed')
  })
})

describe('a lease that runs out', () => {
  it('gives the key to the next', async () => {
    const { clock, state, take } = setup({ leaseSeconds: 10 })
    await take('a')
    clock.ms = 9_999
    expect(await state('a')).toBe('running')
    clock.ms = 10_000
    expect(await state('a')).toBe('claimed')
  })

  it('leaves the late one no right to release the key of the next', async () => {
    const { clock, state, take } = setup({ leaseSeconds: 10 })
    const late = await take('a')
    clock.ms = 10_000
    await take('a')
    await late.release()
    expect(await state('a')).toBe('running')
  })

  it('still lets the late one say that it is done', async () => {
    const { clock, state, take } = setup({ leaseSeconds: 10 })
    const late = await take('a')
    clock.ms = 10_000
    await late.commit()
    expect(await state('a')).toBe('done')
  })
})

describe('the bound', () => {
  it('forgets the oldest of what is done, and nothing that runs', async () => {
    const { state, take } = setup({ maxEntries: 2 })
    await take('running')
    for (const key of ['a', 'b', 'c']) await (await take(key)).commit()
    expect(await state('running')).toBe('running')
    expect(await state('c')).toBe('done')
    expect(await state('b')).toBe('done')
    expect(await state('a')).toBe('claimed')
  })
})

it.each(['maxEntries', 'ttlSeconds', 'leaseSeconds'])('says that %s must be above 0', (option) => {
  for (const value of [0, -1, NaN, '5' as never]) {
    expect(() => memoryIdempotency({ [option]: value })).toThrow(`${option} must be a number above 0`)
  }
})

it.each([
  ['a misspelt option', { ttl: 5 }, 'ttl is not an option; the options are maxEntries, ttlSeconds,'],
  ['no options', 5, 'give an object with options'],
  ['no clock', { now: 5 }, 'now must be a function'],
])('says what to pass instead of %s', (_, options, message) => {
  expect(() => memoryIdempotency(options as never)).toThrow(`memoryIdempotency: ${message}`)
})
