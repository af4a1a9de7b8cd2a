import { expect } from 'vitest'
import { expectAllDelivered, expectAllTold } from './support/expect-kept'
import { test } from './support/fault-test'
import { COUNT } from './support/lab'

const MAX_WAITING = 500

test.concurrent(
  '11. a burst beyond the bound while the server is down: the rest is told of',
  async ({ lab }) => {
    await lab.proxy.refuse()
    const client = lab.start({ pace: 'burst', options: { maxWaitingEvents: MAX_WAITING } })
    await client.until(({ errors }) => errors.length >= 2)
    await lab.proxy.accept()
    await expectAllTold(lab, client)
    expect(client.told.delivered).toHaveLength(MAX_WAITING)
    expect(client.told.dropped).toEqual(
      Array.from({ length: COUNT - MAX_WAITING }, (_, n) => ({ n: MAX_WAITING + n, reason: 'outbox_full' })),
    )
  },
)

test.concurrent(
  '11. a producer that waits for drain while the server is down loses nothing',
  async ({ lab }) => {
    await lab.proxy.refuse()
    const client = lab.start({ pace: 'drain', options: { maxWaitingEvents: MAX_WAITING } })
    await client.until(({ errors }) => errors.length >= 2)
    expect(client.told.made).toBeLessThan(MAX_WAITING)
    await lab.proxy.accept()
    await expectAllDelivered(lab, client)
    expect(client.told.mostWaiting).toBeLessThan(MAX_WAITING)
  },
)
