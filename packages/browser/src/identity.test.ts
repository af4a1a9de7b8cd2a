import { expect, test } from 'vitest'
import { personOf, pickIdentity } from './identity'

test('takes the fields of an identity and no others', () => {
  const given = {
    email: 'ada@example.com',
    userId: 'u1',
    name: 'Ada',
    traits: { a: 1 },
    sessionId: 'mine',
    eventId: 'x',
  }
  expect(pickIdentity(given)).toEqual({
    email: 'ada@example.com',
    userId: 'u1',
    name: 'Ada',
    traits: { a: 1 },
  })
})

test.each([undefined, null, 'ada@example.com', 42, []])('%j names nobody', (given) => {
  expect(personOf(pickIdentity(given))).toBeNull()
})

test.each<[string, object, string | null]>([
  ['the userId comes first', { userId: 'u1', email: 'ada@example.com' }, 'u1'],
  ['an email is compared trimmed and in lower case', { email: ' Ada@Example.com' }, 'ada@example.com'],
  ['an email without a shape names nobody', { email: 'ada' }, null],
  ['an empty userId names nobody, whatever the email', { userId: '', email: 'ada@example.com' }, null],
  ['a userId that is no text names nobody', { userId: 42 }, null],
])('%s', (_, identity, person) => {
  expect(personOf(pickIdentity(identity))).toBe(person)
})
