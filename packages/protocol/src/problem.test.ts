import { expect, test } from 'vitest'
import { ERROR_CODES, type ErrorCode } from './error-codes'
import { problem } from './problem'

test.each(Object.keys(ERROR_CODES) as ErrorCode[])('the problem of %s says what its code says', (code) => {
  const { status, title, meaning } = ERROR_CODES[code]
  expect(problem(code)).toEqual({ type: `urn:arunika:problem:${code}`, title, status, detail: meaning, code })
})

test('a detail of this request takes the place of the general meaning', () => {
  expect(problem('invalid_batch', 'events is not an array').detail).toBe('events is not an array')
})
