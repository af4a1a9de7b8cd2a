import { describe, expect, it } from 'vitest'
import { itemOf } from '../test/item'
import { batchBody, batchOutcome } from './batch-body'

const items = ['a', 'b'].map((id) => itemOf(id))
const outcome = (body: unknown) =>
  batchOutcome({ status: 200, body, isHtml: false, retryAfterMs: null }, items)

describe('the body of a batch', () => {
  it('is the envelope, then the events as they were encoded', () => {
    expect(JSON.parse(batchBody({ appId: 'app_1', sentAt: 'now' }, items))).toEqual({
      appId: 'app_1',
      sentAt: 'now',
      events: [{ eventId: 'a' }, { eventId: 'b' }],
    })
    expect(JSON.parse(batchBody({}, []))).toEqual({ events: [] })
  })

  it('is the bytes of its envelope, its items and the commas between', () => {
    const envelope = { appId: 'app_1"\\' }
    const empty = batchBody(envelope, []).length
    expect(batchBody(envelope, items).length).toBe(empty + items[0]!.bytes + 1 + items[1]!.bytes)
  })
})

describe('an answer to a batch', () => {
  it('that accounts for every event takes them', () => {
    expect(outcome({ accepted: 1, duplicates: 1, rejected: [] })).toEqual({
      verdict: 'answered',
      refusals: [],
    })
    expect(
      outcome({
        accepted: 1,
        duplicates: 0,
        rejected: [{ index: 1, eventId: 'b', code: 'no', detail: 'd' }],
      }),
    ).toMatchObject({ verdict: 'answered', refusals: [{ index: 1, code: 'no', detail: 'd' }] })
  })

  it.each([
    ['does not account for every event', { accepted: 1, duplicates: 0, rejected: [] }],
    ['accounts for more events', { accepted: 3, duplicates: 0, rejected: [] }],
    [
      'refuses another event than the one in its place',
      { accepted: 1, duplicates: 0, rejected: [{ index: 1, eventId: 'a', code: 'no', detail: '' }] },
    ],
    ['is a page of a proxy', undefined],
    ['is a list', []],
    ['is null', null],
  ])('that %s is none, and the events are sent again', (_, body) => {
    expect(outcome(body)).toMatchObject({
      verdict: 'retry',
      error: { code: 'answer_malformed', status: 200 },
    })
  })
})
