import { expect, test } from 'vitest'
import reference from '../../../docs/errors.md?raw'
import { ERROR_CODES, EVENT_ERROR_CODES } from './error-codes'
import { LIMITS } from './limits'

/** The rows of the table under a heading, each a list of its cells. */
function rowsUnder(heading: string): string[][] {
  const section = reference.split(/^## /m).find((part) => part.startsWith(heading)) ?? ''
  const cells = section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').slice(1, -1))
  return cells.map((row) => row.map((cell) => cell.trim().replaceAll('`', '')))
}

test('docs/errors.md lists every code of a refused request as it is here, and no other', () => {
  const here = Object.entries(ERROR_CODES).map(([code, { status, title, meaning }]) => [
    code,
    String(status),
    title,
    meaning,
  ])
  expect(rowsUnder('A refused request')).toEqual(here)
})

test('docs/errors.md lists every code of a refused event as it is here, and no other', () => {
  expect(rowsUnder('A refused event')).toEqual(Object.entries(EVENT_ERROR_CODES))
})

test('a code is lower snake case, and means one thing only', () => {
  const codes = [...Object.keys(ERROR_CODES), ...Object.keys(EVENT_ERROR_CODES)]
  expect(new Set(codes).size).toBe(codes.length)
  for (const code of codes) expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/)
})

test('the numbers in the meanings are those of the limits', () => {
  const meanings = JSON.stringify([ERROR_CODES, EVENT_ERROR_CODES])
  expect(LIMITS).toMatchObject({ maxBodyBytes: 1024 ** 2, maxUnzippedBodyBytes: 5 * 1024 ** 2 })
  expect(LIMITS).toMatchObject({ maxEventDataBytes: 32 * 1024, maxContextBytes: 32 * 1024 })
  for (const text of [
    '1 MiB, 5 MiB unzipped',
    `at most ${LIMITS.maxBatchEvents.toLocaleString('en')} events`,
    `within ${LIMITS.signatureToleranceSeconds} s`,
    `1 to ${LIMITS.maxEventTypeLength} characters`,
    `at most ${LIMITS.maxDescriptionLength.toLocaleString('en')} characters`,
    `deeper than ${LIMITS.maxDepth} levels`,
    'eventData takes more than 32 KiB',
    'context takes more than 32 KiB',
  ]) {
    expect(meanings).toContain(text)
  }
})
