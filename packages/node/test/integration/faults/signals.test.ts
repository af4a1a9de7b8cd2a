import { expect } from 'vitest'
import { answerWith, during, hang } from './support/behaviours'
import { expectStoredOnce } from './support/expect-kept'
import { test } from './support/fault-test'
import { COUNT } from './support/lab'

const BY_SIGTERM = { code: null, signal: 'SIGTERM', stderr: '' }

test.concurrent('9. SIGTERM: what waits is delivered, then the signal ends the process', async ({ lab }) => {
  const client = lab.start({ onSignals: {}, options: { flushAt: COUNT * 2, flushIntervalMs: 60_000 } })
  await client.until(({ made }) => made === COUNT)
  expect(client.told.delivered).toEqual([])
  client.kill('SIGTERM')
  expect(await client.ended).toEqual(BY_SIGTERM)
  await expectStoredOnce(lab, client)
  expect(client.told.dropped).toEqual([])
})

test.concurrent(
  '9. SIGTERM while events are made and the server fails: those made before are delivered',
  async ({ lab }) => {
    const client = lab.start({ onSignals: {} })
    await client.until(({ delivered }) => delivered.length >= 200)
    lab.proxy.behaviour = during(1_500, answerWith(503))
    await client.until(({ errors }) => errors.length > 0)
    const { made } = client.told
    client.kill('SIGTERM')
    expect(await client.ended).toEqual(BY_SIGTERM)
    await expectStoredOnce(lab, client)
    const { delivered, dropped } = client.told
    expect(delivered.length).toBeGreaterThanOrEqual(made)
    expect(Math.max(...delivered)).toBeLessThan(Math.min(...dropped.map(({ n }) => n)))
    expect(new Set(dropped.map(({ reason }) => reason))).toEqual(new Set(['closed']))
  },
)

test.concurrent(
  '9. SIGTERM while the server hangs: in time what waits is told of as dropped',
  async ({ lab }) => {
    const client = lab.start({ onSignals: { timeoutMs: 500 } })
    await client.until(({ delivered }) => delivered.length >= 200)
    lab.proxy.behaviour = hang
    const known = lab.proxy.requests.length
    await client.until(({ made }) => lab.proxy.requests.length > known && made > 400)
    const killedAt = performance.now()
    client.kill('SIGTERM')
    expect(await client.ended).toEqual(BY_SIGTERM)
    // Far below the 10 s of a request.
    expect(performance.now() - killedAt).toBeLessThan(5_000)
    await expectStoredOnce(lab, client)
    const reasons = client.told.dropped.map(({ reason }) => reason)
    expect(new Set(reasons)).toEqual(new Set(['shutdown', 'closed']))
  },
)
