import { describe, expect, it } from 'vitest'
import { outcomeOf } from './outcome'

const problem = { code: 'unavailable', detail: 'the disk is full' }
const outcome = (status: number, body: unknown, retryAfterMs: number | null = null) =>
  outcomeOf({ status, body, isHtml: false, retryAfterMs }, () => [])

describe('a reply means', () => {
  it.each([200, 201, 202, 204])('%i: answered, where the body is an answer', (status) => {
    expect(outcome(status, problem)).toEqual({ verdict: 'answered', refusals: [] })
    expect(outcomeOf({ status, body: undefined, isHtml: false, retryAfterMs: 5 }, () => null)).toMatchObject({
      verdict: 'retry',
      retryAfterMs: 5,
      error: { code: 'answer_malformed', status },
    })
  })

  it.each([408, 429, 500, 502, 503, 504, 599])('%i: try again, no sooner than the server says', (status) => {
    expect(outcome(status, problem, 2_000)).toMatchObject({
      verdict: 'retry',
      retryAfterMs: 2_000,
      error: { code: 'server_failed', status, message: `The server answered ${status}: the disk is full` },
    })
  })

  it.each([400, 401, 403, 404, 405, 410, 415, 422])('%i: refused, for the reason that it gives', (status) => {
    expect(outcome(status, { code: 'invalid_batch', detail: 'no events' })).toEqual({
      verdict: 'refused',
      code: 'invalid_batch',
      detail: 'no events',
    })
  })

  it.each([400, 401, 403, 404, 405, 410, 422])(
    '%i with an HTML page: somebody else answers; try again',
    (status) => {
      expect(
        outcomeOf({ status, body: undefined, isHtml: true, retryAfterMs: 7_000 }, () => []),
      ).toMatchObject({
        verdict: 'retry',
        retryAfterMs: 7_000,
        error: { code: 'answer_malformed', status, message: expect.stringContaining('HTML page') as string },
      })
    },
  )

  it.each<[number, object]>([
    [413, { verdict: 'split' }],
    [429, { verdict: 'retry', error: { code: 'server_failed' } }],
    [502, { verdict: 'retry', error: { code: 'server_failed' } }],
  ])('%i means the same with a page of a proxy', (status, expected) => {
    const reply = { status, body: undefined, isHtml: true, retryAfterMs: null }
    expect(outcomeOf(reply, () => [])).toMatchObject(expected)
  })

  it('413: send it in two halves', () => {
    expect(outcome(413, problem)).toMatchObject({ verdict: 'split' })
  })

  it.each([0, 301, 302, 304, 307, 308])('%i: somebody else answers; try again', (status) => {
    expect(outcome(status, problem)).toMatchObject({
      verdict: 'retry',
      error: { code: 'answer_malformed', status },
    })
  })

  it('none: try again', () => {
    const cause = new TypeError('fetch failed')
    expect(outcomeOf({ status: null, cause }, () => [])).toMatchObject({
      verdict: 'retry',
      retryAfterMs: null,
      error: { code: 'network_failed', status: null, cause },
    })
  })
})

describe('the reason of a refusal', () => {
  it.each([undefined, null, 'text', [], { code: 7, detail: {} }])(
    'is the status where the body is %j',
    (body) => {
      expect(outcome(400, body)).toEqual({ verdict: 'refused', code: 'http_400', detail: 'status 400' })
    },
  )

  it('is cut where a stranger sends a long one', () => {
    const long = 'x'.repeat(1_000_000)
    const { code, detail } = outcome(400, { code: long, detail: long }) as { code: string; detail: string }
    expect(code.length + detail.length).toBeLessThan(2_100)
  })
})
