import { describe, expect, it } from 'vitest'
import {
  checkEndpoint,
  checkInteger,
  checkObject,
  checkOptionalObject,
  checkOptionalText,
  checkText,
  readFields,
} from './check-argument'

const wrong = { name: 'OptionsError', code: 'invalid_option', option: 'it' }

describe('an argument', () => {
  it('that is right is given back', () => {
    const object = { a: 1 }
    expect(checkText('it', '')).toBe('')
    expect(checkOptionalText('it', undefined)).toBeUndefined()
    expect(checkObject('it', object)).toBe(object)
    expect(checkOptionalObject('it', undefined)).toBeUndefined()
    expect(checkInteger('it', 3, 3, 3)).toBe(3)
  })

  it.each<[string, () => unknown]>([
    ['text', () => checkText('it', undefined)],
    ['optional text', () => checkOptionalText('it', null)],
    ['an object', () => checkObject('it', null)],
    ['an object', () => checkObject('it', [])],
    ['an optional object', () => checkOptionalObject('it', 'text')],
    ['a whole number', () => checkInteger('it', 1.5, 0)],
    ['a whole number', () => checkInteger('it', NaN, 0)],
    ['a number of at least 1', () => checkInteger('it', 0, 1)],
    ['a number of at most 9', () => checkInteger('it', 10, 1, 9)],
    ['a number, not text', () => checkInteger('it', '5', 1, 9)],
  ])('that is not %s throws at once, and names itself', (_, check) => {
    expect(check).toThrow(expect.objectContaining(wrong))
  })
})

describe('the fields of an object', () => {
  class Person {
    get userId() {
      return 'u1'
    }
  }

  it('are those that were asked for, also of a class', () => {
    expect(readFields('it', { userId: 'u1', email: 'a@b.test' }, ['userId', 'name'])).toEqual({
      userId: 'u1',
    })
    expect(readFields('it', new Person(), ['userId'])).toEqual({ userId: 'u1' })
  })

  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  const trap = {
    get userId(): string {
      throw new RangeError('trap')
    },
  }
  it.each<[string, unknown]>([
    ['is none', 'text'],
    ['throws', trap],
    ['is a revoked proxy', proxy],
  ])('of one that %s throw an error of ours', (_, value) => {
    expect(() => readFields('it', value, ['userId'])).toThrow(expect.objectContaining(wrong))
  })
})

describe('an endpoint', () => {
  it.each([
    ['https://events.example.com', 'https://events.example.com'],
    ['https://events.example.com/', 'https://events.example.com'],
    ['http://127.0.0.1:4100/arunika//', 'http://127.0.0.1:4100/arunika'],
  ])('%s is taken without a slash at its end', (given, kept) => {
    expect(checkEndpoint('it', given)).toBe(kept)
  })

  it.each([
    undefined,
    '',
    'events.example.com',
    'ftp://events.example.com',
    'javascript:alert(1)',
    'https://user:secret@events.example.com',
    'https://events.example.com/?key=secret',
    'https://events.example.com/#top',
  ])('%s is refused, and the message does not hold it', (given) => {
    expect(() => checkEndpoint('it', given)).toThrow(expect.objectContaining(wrong))
    expect(() => checkEndpoint('it', given)).not.toThrow(/secret/)
  })
})
