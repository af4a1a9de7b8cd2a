import { describe, expect, it, vi } from 'vitest'
import { apiKey } from './api-key'
import { createReceiver } from './create-receiver'
import type { IdempotencyStore } from './idempotency-store'
import type { Provider } from './provider'
import { bitbucket } from './providers/bitbucket'
import { github } from './providers/github'
import { slack } from './providers/slack'
import { square } from './providers/square'
import { sign } from './testing'

const url = 'https://example.com/webhooks'
const senders = {
  slack: slack({ secret: 'secret' }),
  square: square({ secret: 'secret', url }),
  bitbucket: bitbucket({ secret: 'secret' }),
  github: github({ secret: 'secret' }),
}

/** What a handler is told of a delivery that came with these headers too. */
async function attemptOf(provider: Provider, more: [string, string][], idempotency?: IdempotencyStore) {
  const handler = vi.fn<(event: unknown, context: { attempt: number | null }) => void>()
  const receiver = createReceiver({ provider, ...(idempotency && { idempotency }) }).onAny(handler)
  const body = { type: 'a', event_id: 'e-1', data: {} }
  const delivery = await sign(provider, { id: 'msg_1', body })
  const headers = [...Object.entries(delivery.headers), ...more].flat()
  expect(await receiver.handle({ ...delivery, headers })).toMatchObject({ status: 200 })
  return handler.mock.calls[0]?.[1].attempt
}

describe('the attempt that a sender tells', () => {
  it.each([
    ['slack', 'X-Slack-Retry-Num', '1', 2],
    ['slack', 'X-Slack-Retry-Num', '3', 4],
    ['square', 'Square-Retry-Number', '78', 79],
    ['bitbucket', 'X-Attempt-Number', '1', 1],
    ['bitbucket', 'X-Attempt-Number', '2', 2],
  ] as const)('by %s, in %s: %s, is %i', async (name, header, value, attempt) => {
    expect(await attemptOf(senders[name], [[header, value]])).toBe(attempt)
  })

  it.each(['', '0', '-1', '01', '1.0', '1e2', ' 1', '1, 2', '1000', '0x1', '\u0661', '1\n'])(
    'is not known where the header is %j, and nothing is refused for it',
    async (value) => {
      expect(await attemptOf(senders.slack, [['x-slack-retry-num', value]])).toBeNull()
    },
  )

  it('is not known where the header is too long, came twice, or not at all', async () => {
    expect(await attemptOf(senders.slack, [['x-slack-retry-num', '1'.repeat(9_000)]])).toBeNull()
    const once: [string, string] = ['x-slack-retry-num', '1']
    expect(await attemptOf(senders.slack, [once, once])).toBeNull()
    expect(await attemptOf(senders.slack, [])).toBeNull()
  })

  it('is not taken from a header that the provider does not document', async () => {
    const all: [string, string][] = [
      ['x-slack-retry-num', '1'],
      ['square-retry-number', '1'],
      ['x-attempt-number', '1'],
    ]
    expect(await attemptOf(senders.github, all)).toBeNull()
  })

  it('stands behind what the store counts', async () => {
    const claim = { attempt: 5, commit: () => Promise.resolve(), release: () => Promise.resolve() }
    const store: IdempotencyStore = { claim: () => Promise.resolve({ state: 'claimed', claim }) }
    expect(await attemptOf(senders.slack, [['x-slack-retry-num', '1']], store)).toBe(5)
  })
})

describe('the attempt of a sender of your own', () => {
  it.each([
    [{ header: 'X-Try' }, 2],
    [{ header: 'X-Try', plus: 1 } as const, 3],
  ])('is where you say: %o', async (attempt, count) => {
    const own = apiKey({
      name: 'acme',
      secret: 'hush',
      header: 'X-Key',
      id: { field: 'event_id' },
      type: { field: 'type' },
      attempt,
    })
    expect(await attemptOf(own, [['x-try', '2']])).toBe(count)
  })
})
