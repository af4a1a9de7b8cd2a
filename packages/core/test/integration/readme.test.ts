import { readFileSync } from 'node:fs'
import { createUuidV7, LIMITS, ROUTES, utf8Length } from '@arunika/protocol'
import { afterEach, expect, it, vi } from 'vitest'
import { batchBody, batchOutcome, createDelivery, createOutbox, post, systemClock } from '../../src/index'
import { bodyOf, localServer } from '../local-server'

afterEach(() => vi.restoreAllMocks())

async function example(endpoint: string, appId: string, sessionId: string): Promise<void> {
  const outbox = createOutbox({ maxItems: 10_000, maxBytes: 8_388_608, onStorageError: console.warn })
  const delivery = createDelivery({
    outbox,
    send: async (items) => {
      const body = batchBody({ appId, sessionId, sentAt: new Date().toISOString() }, items)
      const headers = { 'content-type': 'application/json' }
      const url = endpoint + ROUTES.browserEvents
      return batchOutcome(await post({ url, headers, body, timeoutMs: 10_000, now: Date.now }), items)
    },
    limits: { maxEvents: LIMITS.maxBatchEvents, maxBytes: LIMITS.maxBodyBytes },
    envelopeBytes: 500,
    flushAt: 10,
    flushIntervalMs: 5_000,
    clock: systemClock,
    random: Math.random,
    onAnswered: (delivered, rejected) => console.log(delivered.length, rejected),
    onError: console.warn,
  })

  const event = { eventId: createUuidV7()(), timestamp: new Date().toISOString(), eventType: 'login' }
  const json = JSON.stringify(event)
  const item = { id: event.eventId, group: 'events', json, bytes: utf8Length(json), takenAt: Date.now() }
  if (outbox.add(item)) delivery.wake()
  await delivery.flush()
}

it('the example of the README delivers an event', async () => {
  const log = vi.spyOn(console, 'log').mockReturnValue()
  const bodies: unknown[] = []
  await using server = await localServer((request, response) => {
    void bodyOf(request).then((body) => {
      bodies.push(JSON.parse(body))
      response.end(JSON.stringify({ accepted: 1, duplicates: 0, rejected: [] }))
    })
  })
  await example(new URL('/', server.url).href.slice(0, -1), 'app_1', 'session')
  expect(bodies).toMatchObject([{ appId: 'app_1', sessionId: 'session', events: [{ eventType: 'login' }] }])
  expect(log).toHaveBeenCalledWith(1, [])
})

it('the example of the README is the one above, word for word', () => {
  const code = readFileSync(new URL('../../README.md', import.meta.url), 'utf8').split(/```ts\n|```\n/)[1]
  const lines = code?.split('\n').map((line) => (line === '' ? '' : `  ${line}`))
  expect(readFileSync(new URL(import.meta.url), 'utf8')).toContain(lines?.join('\n'))
})
