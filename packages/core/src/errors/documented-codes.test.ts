import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DELIVERY_ERROR_CODES, DeliveryError } from './delivery-error'
import { ListenerError } from './listener-error'
import { OptionsError } from './options-error'
import { StorageError } from './storage-error'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

describe('the error codes', () => {
  const errors = [
    ...DELIVERY_ERROR_CODES.map((code) => new DeliveryError(code, '')),
    new StorageError(''),
    new ListenerError('delivered', null),
    new OptionsError('appId', 'must be text'),
  ]

  it('in the README are those of the code, with their classes', () => {
    const documented = [...readme.matchAll(/^\| `(\w+)` +\| `(\w+Error)`/gm)].map(([, code, name]) => [
      code,
      name,
    ])
    expect(documented).toEqual(errors.map(({ code, name }) => [code, name]))
  })

  it('of every class are among them', () => {
    const files = readdirSync(new URL('.', import.meta.url))
    const classes = files.filter((file) => file.endsWith('-error.ts') && file !== 'arunika-error.ts')
    expect(new Set(errors.map(({ name }) => name)).size).toBe(classes.length)
  })
})
