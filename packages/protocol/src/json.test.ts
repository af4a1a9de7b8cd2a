import { expect, test } from 'vitest'
import { isObject, own } from './json'

test('an object is neither null nor an array', () => {
  expect([{}, Object.create(null), [], null, 'a', undefined, () => 1].map(isObject)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ])
})

test('own reads what JSON.parse made, and nothing of a prototype', () => {
  const parsed = JSON.parse('{"__proto__":{"admin":true},"a":1}') as object
  expect(own(parsed, 'a')).toBe(1)
  expect(own(parsed, '__proto__')).toEqual({ admin: true })
  expect(own(parsed, 'admin')).toBeUndefined()
  expect(own(parsed, 'toString')).toBeUndefined()
  expect(own({}, '__proto__')).toBeUndefined()
})

test('what cannot be read is not taken for left out', () => {
  const throwing = {
    get email(): string {
      throw new Error('no')
    },
  }
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  expect(typeof own(throwing, 'email')).toBe('symbol')
  expect(typeof own(proxy, 'email')).toBe('symbol')
})
