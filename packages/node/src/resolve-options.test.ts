import { OptionsError } from '@arunika/core'
import { describe, expect, it } from 'vitest'
import { API_KEY, APP_ID } from '../test/support/credentials'
import type { ArunikaOptions } from './options'
import { resolveOptions } from './resolve-options'

const required = { appId: APP_ID, apiKey: API_KEY, endpoint: 'https://events.example.com' }

/** What a JavaScript caller may pass. */
function resolve(options: unknown) {
  return resolveOptions(options as ArunikaOptions)
}

function messageOf(options: unknown): string {
  try {
    resolve(options)
  } catch (error) {
    expect(error).toBeInstanceOf(OptionsError)
    return (error as OptionsError).message
  }
  return 'nothing was thrown'
}

describe('resolveOptions', () => {
  it('fills the documented defaults in', () => {
    expect(resolve(required)).toEqual({
      ...required,
      flushIntervalMs: 5_000,
      flushAt: 10,
      maxWaitingEvents: 100_000,
      maxWaitingBytes: 64 * 1024 * 1024,
      requestTimeoutMs: 10_000,
      maxRequests: 4,
      gzip: true,
      fetch: undefined,
    })
  })

  it('keeps a zero, and takes undefined as left out', () => {
    const resolved = resolve({ ...required, flushIntervalMs: 0, flushAt: undefined })
    expect(resolved).toMatchObject({ flushIntervalMs: 0, flushAt: 10 })
  })

  it.each([
    ['./spool', { folder: './spool', fsync: false }],
    [{ folder: './spool' }, { folder: './spool', fsync: false }],
    [
      { folder: './spool', fsync: true },
      { folder: './spool', fsync: true },
    ],
    [undefined, undefined],
  ])('takes the spool %j', (spool, expected) => {
    expect(resolve({ ...required, spool }).spool).toEqual(expected)
  })

  it.each([
    ['', /^spool must name its folder/],
    [{}, /^spool must name its folder/],
    [7, /^spool must be the path of a folder/],
    [true, /^spool must be the path of a folder/],
    [{ folder: './spool', fsync: 1 }, /^spool\.fsync must be true or false/],
    [{ folder: './spool', sync: true }, /^sync is not an option; the options are folder, fsync/],
  ])('refuses the spool %j', (spool, message) => {
    expect(messageOf({ ...required, spool })).toMatch(message)
  })

  it('leaves the object of the caller as it is', () => {
    expect(() => resolve(Object.freeze({ ...required, endpoint: 'http://127.0.0.1:4100/' }))).not.toThrow()
  })

  it.each([
    ['https://events.example.com/', 'https://events.example.com'],
    ['https://example.com/arunika//', 'https://example.com/arunika'],
  ])('takes the endpoint %s without its slashes at the end', (endpoint, expected) => {
    expect(resolve({ ...required, endpoint }).endpoint).toBe(expected)
  })

  it.each([
    ['appId', 'shop'],
    ['appId', undefined],
    ['apiKey', 'sk_live_short'],
    ['apiKey', undefined],
    ['endpoint', undefined],
    ['endpoint', '/api'],
    ['endpoint', 'ftp://events.example.com'],
    ['endpoint', 'https://user:secret@events.example.com'],
    ['endpoint', 'https://events.example.com/?key=secret'],
    ['flushIntervalMs', '5000'],
    ['flushIntervalMs', -1],
    ['flushIntervalMs', 2 ** 31],
    ['flushAt', 0],
    ['flushAt', 1.5],
    ['flushAt', Number.NaN],
    ['maxWaitingEvents', '100'],
    ['maxWaitingBytes', Infinity],
    ['requestTimeoutMs', 0],
    ['fetch', 'fetch'],
  ])('refuses %s = %j by a message that begins with its name and says what to pass', (name, value) => {
    expect(messageOf({ ...required, [name]: value })).toMatch(new RegExp(`^${name} must be `))
  })

  it.each([undefined, null, 'app_1', []])('refuses %j in place of the options', (options) => {
    expect(messageOf(options)).toBe('options must be an object')
  })

  it('refuses an option that there is not, and names those that there are', () => {
    expect(messageOf({ ...required, flushInterval: 5 })).toMatch(
      /^flushInterval is not an option.*flushIntervalMs/,
    )
  })

  it('never puts a value into a message: it may be the key in the wrong place', () => {
    for (const name of ['appId', 'endpoint', 'flushAt', 'fetch', 'maxWaitingBytes']) {
      expect(messageOf({ ...required, [name]: API_KEY })).not.toContain(API_KEY)
    }
    expect(messageOf({ ...required, apiKey: `${API_KEY} ` })).not.toContain(API_KEY)
  })
})
