import { expect } from 'vitest'
import { storedActivities } from '../../support/reference-server'
import { during, spoilSignature } from './support/behaviours'
import { expectAllDelivered } from './support/expect-kept'
import { test } from './support/fault-test'
import type { Lab } from './support/lab'
import type { NumberedClient } from './support/numbered-client'

const HOUR_MS = 3_600_000
/** How far a signature's time may be from the server's. */
const TOLERANCE_MS = 300_000

test.concurrent('8. 401 for 3 s, then mended: nothing is given up', async ({ lab }) => {
  const client = lab.start()
  await client.until(({ delivered }) => delivered.length >= 200)
  lab.proxy.behaviour = during(3_000, spoilSignature)
  await expectAllDelivered(lab, client)
  const { errors } = client.told
  expect(errors.length).toBeGreaterThan(0)
  for (const { code, message } of errors) {
    expect(code).toBe('credentials_refused')
    expect(message).toMatch(/^The server does not take the API key: .*invalid_signature/)
  }
})

test.concurrent(
  '10. the clock is set back an hour: signatures go by the server’s, events keep their time',
  async ({ lab }) => {
    const client = lab.start()
    await client.until(({ delivered }) => delivered.length >= 500)
    await changeClock(client, -HOUR_MS)
    await expectAllDelivered(lab, client)
    expectCorrected(lab, client, [/clock of this machine is (3599|3600|3601) s behind the server's/])
    const now = Date.now()
    for (const { timestamp } of await storedActivities(lab.server)) {
      expect(Math.abs(Date.parse(timestamp) - now)).toBeLessThan(60_000)
    }
  },
)

test.concurrent('10. the clock is set forward an hour, and right again', async ({ lab }) => {
  const client = lab.start()
  await client.until(({ delivered }) => delivered.length >= 500)
  await changeClock(client, HOUR_MS)
  await changeClock(client, 0)
  await expectAllDelivered(lab, client)
  expectCorrected(lab, client, [
    /clock of this machine is (3599|3600|3601) s ahead of the server's/,
    /clock of this machine/,
  ])
})

/** Sets the clock; resolves when the server has refused what was signed by it, and has taken what was signed by its own. */
async function changeClock(client: NumberedClient, aheadMs: number): Promise<void> {
  const errors = client.told.errors.length
  client.setClock(aheadMs)
  await client.until((told) => told.errors.length > errors)
  const delivered = client.told.delivered.length
  await client.until((told) => told.delivered.length >= delivered + 300)
}

/** Holds that one request for each change was refused, by this error, and that the others were signed at the right time. */
function expectCorrected({ proxy }: Lab, { told }: NumberedClient, messages: RegExp[]): void {
  expect(told.errors).toEqual(
    messages.map((message) => ({
      code: 'credentials_refused',
      message: expect.stringMatching(message) as string,
    })),
  )
  const offMs = proxy.requests.map(({ signedAheadMs }) => Math.abs(signedAheadMs))
  expect(offMs.filter((ms) => ms > TOLERANCE_MS)).toHaveLength(messages.length)
  // Neither a signature's time nor a `Date` has a fraction, and both are on their way for a while.
  expect(offMs.filter((ms) => ms > 5_000 && ms <= TOLERANCE_MS)).toEqual([])
}
