import { sql as raw } from 'kysely'
import { expect, it } from 'vitest'
import { storeIntake } from '../../src/ingest/store-intake'
import type { IntakeEvent } from '../../src/ingest/intake'
import { openDatabase } from '../../src/store/open-database'
import type { Trx } from '../../src/store/writer'
import { aServerEvent, anEvent } from '../support/events'

/** A transaction that counts what is asked of it. */
function counting(trx: Trx): { trx: Trx; count: () => number } {
  let queries = 0
  const counted = trx.withPlugin({
    transformQuery({ node }) {
      queries++
      return node
    },
    transformResult: ({ result }) => Promise.resolve(result),
  })
  return { trx: counted, count: () => queries }
}

function intakeOf(people: number, round: number) {
  const events: IntakeEvent[] = Array.from({ length: people }, (_, index) => ({
    index,
    event: aServerEvent({
      identifier: { userId: `u${index}`, email: `${index}@x.example`, sessionId: `s${index}_${round}` },
    }),
    timestampMs: 1_000 + round,
    originalMs: 1_000 + round,
  }))
  return { appId: 'app_1', source: 'server' as const, receivedAt: 2_000, rejected: [], events }
}

it('asks four things for ten page views of a session that is nobody’s', async () => {
  const db = await openDatabase(':memory:')
  const events = Array.from({ length: 10 }, (_, index) => ({
    index,
    event: anEvent(),
    timestampMs: 1_000,
    originalMs: 1_000,
  }))
  await db.transaction().execute(async (trx) => {
    const counter = counting(trx)
    const origin = { appId: 'app_1', source: 'browser' as const, sessionId: 's1', receivedAt: 2_000 }
    const batch = { ...origin, rejected: [], events }
    expect(await storeIntake(counter.trx, batch)).toMatchObject({ accepted: 10 })
    expect(counter.count()).toBe(4) // events, identifiers, whose they are, the log of the stream
  })
  await db.destroy()
})

it('asks the database as often for a thousand people as for one', async () => {
  const db = await openDatabase(':memory:')
  const counts: number[] = []
  for (const people of [1, 1_000]) {
    await db.transaction().execute(async (trx) => {
      const counter = counting(trx)
      await raw`delete from events`.execute(trx)
      expect(await storeIntake(counter.trx, intakeOf(people, people))).toMatchObject({ accepted: people })
      counts.push(counter.count())
    })
  }
  expect(counts[1]).toBe(counts[0])
  await db.destroy()
})
