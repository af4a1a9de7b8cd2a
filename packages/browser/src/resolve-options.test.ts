import { OptionsError } from '@arunika/core'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { ArunikaOptions } from './options'
import { resolveOptions } from './resolve-options'
import { maskSecrets } from './sanitize-url'

const needed: ArunikaOptions = { appId: 'app_shop', endpoint: 'https://events.example.com/' }

test('fills in the documented defaults and leaves the given object as it is', () => {
  const given = Object.freeze({ ...needed })
  expect(resolveOptions(given)).toEqual({
    appId: 'app_shop',
    endpoint: 'https://events.example.com',
    flushIntervalMs: 5_000,
    flushAt: 10,
    maxWaitingEvents: 10_000,
    maxWaitingBytes: 8 * 1024 * 1024,
    requestTimeoutMs: 10_000,
    identifyTimeoutMs: 10_000,
    autoPageViews: false,
    sanitizeUrl: maskSecrets,
    beforeSend: expect.any(Function) as unknown,
    respectPrivacySignal: false,
    sessionCookie: false,
  })
})

test('the guide’s table has these options and these defaults', () => {
  const guide = readFileSync(new URL('../../../docs/browser.md', import.meta.url), 'utf8')
  const [, table = ''] = /## Options\n(.*?)\n## /s.exec(guide) ?? []
  const rows = Array.from(table.matchAll(/^\| `(\w+)` +\| (\w+)/gm), ([, name = '', value = '']) => [
    name,
    value,
  ])
  const documented = Object.fromEntries(rows) as Record<string, string>
  expect(documented).toEqual({
    ...Object.fromEntries(
      Object.entries(resolveOptions(needed)).map(([name, value]) => [name, String(value)]),
    ),
    appId: 'required',
    endpoint: 'required',
    sanitizeUrl: 'masks',
    beforeSend: 'none',
  })
})

test('takes zero for what may be zero', () => {
  expect(resolveOptions({ ...needed, flushIntervalMs: 0, identifyTimeoutMs: 0 })).toMatchObject({
    flushIntervalMs: 0,
    identifyTimeoutMs: 0,
  })
})

test.each<[string, object]>([
  ['appId', { appId: 'sk_live_secret' }],
  ['appId', { appId: undefined }],
  ['endpoint', { endpoint: 'events.example.com' }],
  ['endpoint', { endpoint: 'https://events.example.com/?key=secret' }],
  ['flushIntervalMs', { flushIntervalMs: -1 }],
  ['flushIntervalMs', { flushIntervalMs: '5000' }],
  ['flushAt', { flushAt: 0 }],
  ['maxWaitingEvents', { maxWaitingEvents: 0.5 }],
  ['maxWaitingBytes', { maxWaitingBytes: Number.NaN }],
  ['requestTimeoutMs', { requestTimeoutMs: 0 }],
  ['identifyTimeoutMs', { identifyTimeoutMs: 2 ** 31 }],
  ['autoPageViews', { autoPageViews: 'yes' }],
  ['respectPrivacySignal', { respectPrivacySignal: 1 }],
  ['sessionCookie', { sessionCookie: 'shop.test' }],
  ['sanitizeUrl', { sanitizeUrl: 'secret' }],
  ['beforeSend', { beforeSend: {} }],
])('refuses a wrong %s and says what to pass, but not what was passed', (option, wrong) => {
  const error = errorOf({ ...needed, ...wrong })
  expect(error).toMatchObject({ code: 'invalid_option', option })
  expect(error.message).toMatch(new RegExp(`^${option} must be `))
  expect(error.message).not.toContain('secret')
})

test('refuses an option that does not exist, and names those that do', () => {
  const error = errorOf({ ...needed, flushInterval: 5 })
  expect(error.message).toMatch(
    /^flushInterval is not an option; the options are appId, endpoint, flushIntervalMs,/,
  )
})

test.each([undefined, null, 'app_shop', []])('refuses %j for the options', (options) => {
  expect(errorOf(options).option).toBe('options')
})

function errorOf(options: unknown): OptionsError {
  try {
    resolveOptions(options as ArunikaOptions)
  } catch (error) {
    if (error instanceof OptionsError) return error
  }
  throw new Error('it was taken')
}
