import { expect, test } from 'vitest'
import { validateBareEvent, validateServerBody } from './validate-batch'

const made = { eventId: '0190c8f4-7b1e-7abc-8def-0123456789ab', timestamp: '2026-01-31T09:30:00.000Z' }
const bare = { eventType: 'login', identifier: { userId: 'user_1' } }
const batchOf = (event: object) => ({
  ok: true,
  value: { sentAtMs: null, events: [{ index: 0, event }], rejected: [] },
})

test('a bare event gets the id and the time that it lacks', () => {
  expect(validateBareEvent(bare, made)).toEqual(batchOf({ ...made, ...bare }))
})

test('a bare event keeps the id and the time that it has', () => {
  const own = { eventId: '0190c8f4-7b1e-7abc-8def-0123456789ff', timestamp: '2020-01-01T00:00:00.000Z' }
  expect(validateBareEvent({ ...bare, ...own }, made)).toEqual(batchOf({ ...bare, ...own }))
})

test('an id that is wrong is refused, not replaced', () => {
  expect(validateBareEvent({ ...bare, eventId: null }, made)).toMatchObject({
    value: { rejected: [{ index: 0, eventId: null, code: 'invalid_event_id' }] },
  })
})

test('a bare event that is refused is named by the id that it came with, never by one that was made', () => {
  const wrong = { ...bare, eventType: '' }
  expect(validateBareEvent(wrong, made)).toMatchObject({ value: { rejected: [{ eventId: null }] } })
  const { eventId } = made
  expect(validateBareEvent({ ...wrong, eventId }, made)).toMatchObject({ value: { rejected: [{ eventId }] } })
})

test('a batch is no bare event', () => {
  expect(validateBareEvent({ events: [bare] }, made)).toMatchObject({ ok: false, code: 'invalid_batch' })
})

test('a server’s body is a batch, or one bare event', () => {
  expect(validateServerBody(bare, made)).toEqual(batchOf({ ...made, ...bare }))
  expect(validateServerBody({ events: [{ ...made, ...bare }] }, made)).toEqual(batchOf({ ...made, ...bare }))
  expect(validateServerBody({}, made)).toMatchObject({ ok: false, code: 'invalid_batch' })
  expect(validateServerBody([bare], made)).toMatchObject({ ok: false, code: 'not_an_object' })
})
