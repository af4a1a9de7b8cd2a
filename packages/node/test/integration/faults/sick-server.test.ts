import { expect } from 'vitest'
import {
  answerWith,
  answerWithGarbage,
  answerWithPage,
  cutAnswer,
  drip,
  during,
  halveAnswer,
  hang,
  inTurn,
  pass,
  speakAnotherProtocol,
  type Behaviour,
} from './support/behaviours'
import { expectAllDelivered } from './support/expect-kept'
import { test } from './support/fault-test'
import type { Exchange } from './support/faulty-proxy'

/** Notes what comes to a behaviour. */
function noted(behaviour: Behaviour, exchanges: Exchange[]): Behaviour {
  return (exchange) => {
    exchanges.push(exchange)
    return behaviour(exchange)
  }
}

test.concurrent('1. outage: 503 for 6 s', async ({ lab }) => {
  const refused: Exchange[] = []
  const client = lab.start({ random: 0.2 })
  await client.until(({ delivered }) => delivered.length >= 200)
  lab.proxy.behaviour = during(6_000, noted(answerWith(503), refused))
  await expectAllDelivered(lab, client)
  // The waits double from 0.2 s on: no storm.
  expect(refused.length).toBeGreaterThanOrEqual(3)
  expect(refused.length).toBeLessThanOrEqual(6)
  expect(client.told.errors.map(({ code }) => code)).toEqual(refused.map(() => 'server_failed'))
})

test.concurrent('2. 429 with Retry-After: nothing is sent before, and all of it after', async ({ lab }) => {
  const asked: Exchange[] = []
  const client = lab.start()
  await client.until(({ delivered }) => delivered.length >= 200)
  lab.proxy.behaviour = inTurn(noted(answerWith(429, { 'retry-after': '2' }), asked), pass)
  await expectAllDelivered(lab, client)
  const since = lab.proxy.requests.map(({ cameAt }) => cameAt - asked[0]!.cameAt)
  expect(since.filter((ms) => ms > 0 && ms < 2_000)).toEqual([])
  expect(client.told.errors.map(({ code }) => code)).toEqual(['server_failed'])
})

test.concurrent('5. no answer at all for 4 s: each request is given up in time', async ({ lab }) => {
  const hung: Exchange[] = []
  const client = lab.start({ options: { requestTimeoutMs: 1_000 } })
  await client.until(({ delivered }) => delivered.length >= 200)
  lab.proxy.behaviour = during(4_000, noted(hang, hung))
  await expectAllDelivered(lab, client)
  await Promise.all(hung.map(({ over }) => over))
  expect(hung.length).toBeGreaterThanOrEqual(2)
  const codes = client.told.errors.map(({ code }) => code)
  expect(new Set(codes)).toEqual(new Set(['network_failed']))
  // More where this machine had no time for an answer either.
  expect(codes.length).toBeGreaterThanOrEqual(hung.length)
})

test.concurrent('6. answers of garbage, of pages, and of half a JSON', async ({ lab }) => {
  const bad: [Behaviour, ...Behaviour[]] = [
    answerWithGarbage,
    speakAnotherProtocol,
    answerWithPage(200),
    answerWithPage(401),
    answerWithPage(403),
    answerWithPage(404),
    answerWithPage(502),
    halveAnswer,
    cutAnswer,
  ]
  const client = lab.start({ random: 0.005 })
  await client.until(({ delivered }) => delivered.length >= 200)
  lab.proxy.behaviour = inTurn(...bad, pass)
  await expectAllDelivered(lab, client)
  expect(lab.proxy.duplicates).toBeGreaterThan(0)
  expect(client.told.errors).toHaveLength(bad.length)
})

test.concurrent('7. slow drip: the answer comes byte by byte, in time and too slowly', async ({ lab }) => {
  const tooSlow: Exchange[] = []
  const client = lab.start({ options: { requestTimeoutMs: 8_000 } })
  await client.until(({ delivered }) => delivered.length >= 200)
  const inTime = drip(1)
  lab.proxy.behaviour = inTurn(inTime, noted(drip(100), tooSlow), inTime, inTime, pass)
  await expectAllDelivered(lab, client)
  await Promise.all(tooSlow.map(({ over }) => over))
  expect(client.told.errors.map(({ code }) => code)).toEqual(['network_failed'])
  expect(lab.proxy.duplicates).toBeGreaterThan(0)
})
