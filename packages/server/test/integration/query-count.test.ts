import { expect, it } from 'vitest'
import { storeIntakes } from '../../src/ingest/store-intakes'
import { takeIn } from '../../src/ingest/intake'
import { isPostgres } from '../../src/store/dialect'
import { openDatabase } from '../../src/store/open-database'
import type { Trx } from '../../src/store/writer'
import { aServerEvent, anEvent } from '../support/events'
import { freshDatabase } from '../support/fresh-database'
import { insertApp } from '../support/insert-app'

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
  const events = Array.from({ length: people }, (_, index) => ({
    index,
    event: aServerEvent({
      identifier: { userId: `u${index}`, email: `${index}@x.example`, sessionId: `s${index}_${round}` },
    }),
  }))
  const origin = { appId: 'app_1', source: 'server' as const, receivedAt: 2_000 }
  return takeIn(origin, { sentAtMs: null, events, rejected: [] })
}

it('asks few things for ten page views of a session that is nobody’s', async () => {
  const { writing: db, close } = await openDatabase(await freshDatabase())
  await insertApp(db)
  const events = Array.from({ length: 10 }, (_, index) => ({ index, event: anEvent() }))
  const origin = { appId: 'app_1', source: 'browser' as const, sessionId: 's1', receivedAt: 2_000 }
  const batch = takeIn(origin, { sentAtMs: null, events, rejected: [] })
  await db.transaction().execute(async (trx) => {
    const counter = counting(trx)
    expect(await storeIntakes(counter.trx, [batch])).toMatchObject([{ answer: { accepted: 10 } }])
    // The number and the rows of the stream's log. On PostgreSQL the lock, the events and the notice too; on SQLite the events are a
    // statement that is no query of Kysely's.
    expect(counter.count()).toBe(isPostgres(db) ? 5 : 2)
  })
  await close()
})

it('asks the database as often for a thousand people as for one', async () => {
  const counts: number[] = []
  for (const people of [1, 1_000]) {
    const { writing: db, close } = await openDatabase(await freshDatabase())
    await insertApp(db)
    await db.transaction().execute(async (trx) => {
      const counter = counting(trx)
      const stored = await storeIntakes(counter.trx, [intakeOf(people, 1)])
      expect(stored).toMatchObject([{ answer: { accepted: people } }])
      counts.push(counter.count())
    })
    await close()
  }
  expect(counts[1]).toBe(counts[0])
})
