import { expect as jestExpect } from 'expect'
import { describe, expect, it } from 'vitest'
import { arunikaMatchers, type ArunikaMatchers } from './matchers'
import { createMemoryBrowserClient } from './memory-browser-client'
import { createMemoryNodeClient } from './memory-node-client'

expect.extend(arunikaMatchers)
jestExpect.extend(arunikaMatchers)

function shop() {
  const arunika = createMemoryNodeClient()
  arunika.logActivity('user-42', 'login')
  arunika.logActivity('user-42', 'paid', undefined, { amount: 49, card: { brand: 'visa', last4: '4242' } })
  arunika.identify('user-42', { email: 'Sari@Example.com', name: 'Sari' })
  return arunika
}

/** A failed expectation's message, without colours and in one form: the runners print values in forms of their own. */
function messageOf(fails: () => void): string {
  try {
    fails()
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return (
      message
        // eslint-disable-next-line no-control-regex -- the colours of a terminal
        .replaceAll(/\x1b\[\d+m/g, '')
        .replaceAll('Object {', '{')
        .replaceAll(/\s+/g, ' ')
        .replaceAll('{ ', '{')
        .replaceAll(/,? \}/g, '}')
    )
  }
  return expect.fail('the expectation passed')
}

type Expects = (actual: unknown) => ArunikaMatchers & { not: ArunikaMatchers }

describe.each<[string, Expects]>([
  ['vitest', (actual) => expect(actual)],
  ['Jest', (actual) => jestExpect(actual)],
])('in %s', (_runner, expects) => {
  it('toHaveLogged finds a type, and a part of its data', () => {
    expects(shop()).toHaveLogged('login')
    expects(shop()).toHaveLogged('paid', { amount: 49 })
    expects(shop()).toHaveLogged('paid', { amount: expect.any(Number), card: { brand: 'visa' } })
    expects(shop()).not.toHaveLogged('refunded')
    expects(shop()).not.toHaveLogged('paid', { amount: 50 })
    expects(shop().events()).toHaveLogged('login', {})
  })

  it('toHaveIdentified finds who was identified', () => {
    expects(shop()).toHaveIdentified({ userId: 'user-42', email: 'sari@example.com' })
    expects(shop()).not.toHaveIdentified({ userId: 'user-43' })
  })

  it('say what was logged instead', () => {
    expect(messageOf(() => expects(shop()).toHaveLogged('paid', { amount: 50 }))).toBe(
      'Expected "paid" with {"amount": 50} Logged of this type: ' +
        '{"amount": 49, "card": {"brand": "visa", "last4": "4242"}}',
    )
    expect(messageOf(() => expects(shop()).toHaveLogged('refunded'))).toBe(
      'Expected "refunded" No event of this type was logged. Logged: login, paid, user_identified',
    )
    expect(messageOf(() => expects([]).toHaveIdentified({}))).toContain(
      'Nobody was identified. Logged: nothing',
    )
    expect(messageOf(() => expects(shop()).toHaveIdentified({ name: 'Budi' }))).toContain('"name": "Sari"')
  })

  it('say what was found where it should not have been', () => {
    expect(messageOf(() => expects(shop()).not.toHaveLogged('login'))).toBe(
      'Expected not to find "login", but found: {}',
    )
  })

  it('refuse what holds no events, also with not', () => {
    expect(() => expects('login').not.toHaveLogged('login')).toThrow(TypeError)
    expect(() => expects(null).toHaveIdentified({})).toThrow(TypeError)
  })
})

it('toHaveIdentified knows the session of a page', async () => {
  const arunika = createMemoryBrowserClient()
  await arunika.identify({ email: 'sari@example.com' })
  expect(arunika).toHaveIdentified({ sessionId: arunika.sessionId, email: 'sari@example.com' })
})
