import { describe, expect, test } from 'vitest'
import { parseIngestAnswer, parseProfileAnswer } from './answers'

const refusal = { index: 1, eventId: 'e_1', code: 'invalid_event_type', detail: 'eventType is empty' }
const answer = { accepted: 1, duplicates: 1, rejected: [refusal] }

describe('an answer to a batch', () => {
  test('is read where it accounts for every event', () => {
    expect(parseIngestAnswer(answer, 3)).toEqual(answer)
    expect(parseIngestAnswer({ ...answer, rejected: [] }, 2)).toEqual({ ...answer, rejected: [] })
  })

  test('may have more fields, and codes that this version does not know', () => {
    const newer = { ...answer, took: 3, rejected: [{ ...refusal, code: 'invented_later', hint: '' }] }
    expect(parseIngestAnswer(newer, 3)).toEqual({
      ...answer,
      rejected: [{ ...refusal, code: 'invented_later' }],
    })
  })

  test.each<[string, unknown]>([
    ['a page of a captive portal', '<html>'],
    ['null', null],
    ['a list', [answer]],
    ['an empty object', {}],
    ['a count too few', { ...answer, accepted: 0 }],
    ['a count too many', { ...answer, accepted: 2 }],
    ['a negative count that makes the sum right', { ...answer, accepted: 3, duplicates: -1 }],
    ['a fraction', { ...answer, accepted: 0.5, duplicates: 1.5 }],
    ['counts that are text', { ...answer, accepted: '1' }],
    ['refusals that are an object', { ...answer, rejected: { length: 1, 0: refusal } }],
    ['a refusal that is null', { ...answer, rejected: [null] }],
    ['a place that was not sent', { ...answer, rejected: [{ ...refusal, index: 3 }] }],
    ['no place', { ...answer, rejected: [{ ...refusal, index: undefined }] }],
    ['an id that is a number', { ...answer, rejected: [{ ...refusal, eventId: 7 }] }],
    ['no code', { ...answer, rejected: [{ ...refusal, code: undefined }] }],
    [
      'a detail that no text can be made of',
      { ...answer, rejected: [{ ...refusal, detail: { toString: 1 } }] },
    ],
  ])('is none where it is %s', (_, body) => {
    expect(parseIngestAnswer(body, 3)).toBeNull()
  })

  test('is none where one event is refused twice, since nothing is said of another', () => {
    expect(parseIngestAnswer({ accepted: 0, duplicates: 1, rejected: [refusal, refusal] }, 3)).toBeNull()
  })
})

describe('an answer to a profile request', () => {
  test.each(['pending', 'active', 'suspended'])('is read with the status %s', (status) => {
    expect(parseProfileAnswer({ profileId: 'p_1', status, more: 1 })).toEqual({ profileId: 'p_1', status })
  })

  test.each<[unknown]>([
    [null],
    ['p_1'],
    [{}],
    [{ profileId: '', status: 'active' }],
    [{ profileId: 7, status: 'active' }],
    [{ profileId: 'p_1' }],
    [{ profileId: 'p_1', status: 'deleted' }],
    [{ profileId: 'p_1', status: ['active'] }],
  ])('is none where it is %j', (body) => {
    expect(parseProfileAnswer(body)).toBeNull()
  })
})
