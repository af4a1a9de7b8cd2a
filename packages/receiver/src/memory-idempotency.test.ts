import { describe, expect, it } from 'vitest'
import { memoryIdempotency } from './memory-idempotency'

// What every store does is in test/integration/idempotency-stores.test.ts.

describe('the bound', () => {
  it('forgets the oldest of what is done, and nothing that runs', async () => {
    const store = memoryIdempotency({ maxEntries: 2 })
    await store.claim('running', 'hash')
    for (const key of ['a', 'b', 'c']) {
      const outcome = await store.claim(key, 'hash')
      if (outcome.state === 'claimed') await outcome.claim.commit()
    }
    const states = ['running', 'c', 'b', 'a'].map(async (key) => (await store.claim(key, 'hash')).state)
    expect(await Promise.all(states)).toEqual(['running', 'done', 'done', 'claimed'])
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
