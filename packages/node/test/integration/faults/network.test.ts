import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { inCircles, loseAnswer, pass } from './support/behaviours'
import { expectAllDelivered } from './support/expect-kept'
import { test } from './support/fault-test'

/** The first is tried again at once, since its connection may just have been idle for too long; the others are failures. */
const threeInTen = () =>
  inCircles(loseAnswer, loseAnswer, loseAnswer, pass, pass, pass, pass, pass, pass, pass)

test.concurrent('3. the connection drops after 30 % of the requests were committed', async ({ lab }) => {
  lab.proxy.behaviour = threeInTen()
  const client = lab.start()
  await expectAllDelivered(lab, client)
  expect(lab.proxy.duplicates).toBeGreaterThan(100)
  expect(new Set(client.told.errors.map(({ code }) => code))).toEqual(new Set(['network_failed']))
})

test.concurrent('3. the same with several requests at once', async ({ lab }) => {
  lab.proxy.behaviour = threeInTen()
  const client = lab.start({ pace: 'burst', count: 20_000 })
  await expectAllDelivered(lab, client)
  expect(lab.proxy.mostAtOnce).toBe(4)
  expect(lab.proxy.duplicates).toBeGreaterThan(1_000)
})

test.concurrent('4. server down: connections are refused for 8 s', async ({ lab }) => {
  const client = lab.start({ random: 0.3 })
  await client.until(({ delivered }) => delivered.length >= 200)
  await lab.proxy.refuse()
  await delay(8_000)
  await lab.proxy.accept()
  await expectAllDelivered(lab, client)
  const codes = client.told.errors.map(({ code }) => code)
  expect(new Set(codes)).toEqual(new Set(['network_failed']))
  // The waits double from 0.3 s on: no storm.
  expect(codes.length).toBeGreaterThanOrEqual(3)
  expect(codes.length).toBeLessThanOrEqual(6)
})
