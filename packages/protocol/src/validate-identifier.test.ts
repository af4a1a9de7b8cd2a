import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LIMITS } from './limits'
import { normalizeEmail } from './validate-identifier'

const emailLike = fc
  .tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }))
  .map(([local, host]) => `${local}@${host}`)

test('an email in the form in which it is kept is an email, and stays as it is', () => {
  fc.assert(
    fc.property(fc.oneof(fc.emailAddress(), emailLike, fc.string({ unit: 'binary' })), (text) => {
      const kept = normalizeEmail(text)
      if (kept !== null) expect(normalizeEmail(kept)).toBe(kept)
    }),
  )
})

test('an email that is too long in lower case is refused, since what is kept must fit', () => {
  const growing = 'İ'.repeat(LIMITS.maxEmailLength - 2) + '@b'
  expect(Array.from(growing)).toHaveLength(LIMITS.maxEmailLength)
  expect(normalizeEmail(growing)).toBeNull()
})
