import { describe, expect, it } from 'vitest'
import { refuseUnknownOptions, resolveClientOptions, type ClientOptions } from './client-options'

const defaults = { maxWaitingEvents: 7, maxWaitingBytes: 700 }
const needed = { appId: 'app_shop', endpoint: 'https://events.example.com/' }
const resolve = (options: unknown) => resolveClientOptions(options as ClientOptions, defaults)
const wrong = (option: string) =>
  expect.objectContaining({
    code: 'invalid_option',
    option,
    message: expect.stringMatching(`^${option} must be `) as string,
  }) as Error

describe('the options of a client', () => {
  it('that are left out have their defaults, the platform’s among them', () => {
    expect(resolve(Object.freeze({ ...needed, flushAt: undefined }))).toEqual({
      appId: 'app_shop',
      endpoint: 'https://events.example.com',
      flushIntervalMs: 5_000,
      flushAt: 10,
      maxWaitingEvents: 7,
      maxWaitingBytes: 700,
      requestTimeoutMs: 10_000,
    })
  })

  it('that are given count, a zero too', () => {
    const given = {
      flushIntervalMs: 0,
      flushAt: 1,
      maxWaitingEvents: 2,
      maxWaitingBytes: 3,
      requestTimeoutMs: 4,
    }
    expect(resolve({ ...needed, ...given })).toMatchObject(given)
  })

  it.each([
    ['appId', 'sk_live_secret'],
    ['endpoint', 'secret.example.com'],
    ['flushIntervalMs', -1],
    ['flushIntervalMs', 2 ** 31],
    ['flushAt', 0],
    ['flushAt', null],
    ['maxWaitingEvents', 0.5],
    ['maxWaitingBytes', '100'],
    ['requestTimeoutMs', 0],
  ])(
    'with %s = %j are refused, by a message that says what to pass and not what was passed',
    (name, value) => {
      expect(() => resolve({ ...needed, [name]: value })).toThrow(wrong(name))
      expect(() => resolve({ ...needed, [name]: value })).not.toThrow(/secret/)
    },
  )

  it.each([undefined, null, 'app_shop', []])('are no %j', (options) => {
    expect(() => resolve(options)).toThrow(wrong('options'))
  })

  it('that there are not are refused, by a message that names those that there are', () => {
    expect(() => refuseUnknownOptions({ a: 1, c: 2 }, { a: 1, b: undefined })).toThrow(
      'c is not an option; the options are a, b',
    )
    refuseUnknownOptions({ b: 1 }, { a: 1, b: undefined })
  })
})
