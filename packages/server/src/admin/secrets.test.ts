import { isApiKey, isAppId } from '@arunika/protocol'
import { expect, it } from 'vitest'
import { hashOf, newApiKey, newAppId, newOperatorToken, randomBase62 } from './secrets'

it('makes keys and ids of the form that the wire has', () => {
  for (let i = 0; i < 200; i++) {
    expect(isApiKey(newApiKey('live'))).toBe(true)
    expect(isApiKey(newApiKey('test'))).toBe(true)
    expect(isAppId(newAppId())).toBe(true)
    expect(newOperatorToken()).toMatch(/^op_[0-9A-Za-z]{43}$/)
  }
})

it('never makes the same twice, and uses the whole alphabet', () => {
  const texts = Array.from({ length: 500 }, randomBase62)
  expect(new Set(texts).size).toBe(500)
  expect(new Set(texts.join('')).size).toBe(62)
  expect(new Set(texts.map((text) => text.length))).toEqual(new Set([43]))
})

it('hashes with SHA-256', () => {
  expect(hashOf('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})
