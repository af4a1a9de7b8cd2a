import fc from 'fast-check'
import { expect, it } from 'vitest'
import { idempotencyKey } from './idempotency-key'

it('is the names and the id, where nothing else has that key', async () => {
  expect(await idempotencyKey(['stripe'], 'evt_1')).toBe('stripe:evt_1')
  expect(await idempotencyKey(['acme'], 'b:1')).toBe('acme:b:1')
  expect(await idempotencyKey(['stripe', 'billing'], 'evt_1')).toBe('stripe/billing:evt_1')
})

it.each([
  [['a'], 'b:1', ['a:b'], '1'],
  [['a/b'], '1', ['a', 'b'], '1'],
  [['a', 'b:c'], '1', ['a', 'b'], 'c:1'],
  [['a', ''], '1', ['a/'], '1'],
])('tells %j, %j from %j, %j', async (names, id, otherNames, otherId) => {
  expect(await idempotencyKey(names, id)).not.toBe(await idempotencyKey(otherNames, otherId))
})

it('is never the hash of another', async () => {
  const hashed = await idempotencyKey(['a'], 'with space')
  expect(hashed).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect(await idempotencyKey(['sha256'], hashed.slice('sha256:'.length))).not.toBe(hashed)
})

it('is of one event alone', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', ':', '/', ' '), maxLength: 3 })
  const event = fc.tuple(fc.array(text, { minLength: 1, maxLength: 2 }), text)
  await fc.assert(
    fc.asyncProperty(event, event, async (one, other) => {
      const isSame = JSON.stringify(one) === JSON.stringify(other)
      expect((await idempotencyKey(...one)) === (await idempotencyKey(...other))).toBe(isSame)
    }),
    { numRuns: 2_000 },
  )
})
