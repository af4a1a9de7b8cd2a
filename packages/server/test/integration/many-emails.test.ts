import { formatTimestamp } from '@arunika/protocol'
import { expect, it } from 'vitest'
import { takeIn } from '../../src/ingest/intake'
import { storeIntakes } from '../../src/ingest/store-intakes'
import { userOfKey } from '../../src/query/users'
import { openDatabase } from '../../src/store/open-database'
import { aServerEvent } from '../support/events'
import { freshDatabase } from '../support/fresh-database'
import { insertApp } from '../support/insert-app'

/** More than one SQLite statement takes parameters: 32,766. */
const EMAILS = 33_000
const EMAILS_AT_A_TIME = 3_000

function intakeOf(first: number, count: number) {
  const events = Array.from({ length: count }, (_, index) => ({
    index,
    event: aServerEvent({
      identifier: { userId: 'u1', email: `${first + index}@x.example` },
      timestamp: formatTimestamp(1_000 + first + index),
    }),
  }))
  const origin = { appId: 'app_1', source: 'server' as const, receivedAt: 2_000 }
  return takeIn(origin, { sentAtMs: null, events, rejected: [] })
}

it(`goes on storing the events of a person with ${EMAILS} emails`, async () => {
  const { reading, writing: db, close } = await openDatabase(await freshDatabase())
  await insertApp(db)
  for (let first = 0; first < EMAILS; first += EMAILS_AT_A_TIME) {
    await db.transaction().execute((trx) => storeIntakes(trx, [intakeOf(first, EMAILS_AT_A_TIME)]))
  }
  const [stored] = await db.transaction().execute((trx) => storeIntakes(trx, [intakeOf(EMAILS, 1)]))
  expect(stored?.answer).toEqual({ accepted: 1, duplicates: 0, rejected: [] })

  const person = await userOfKey(reading, 'app_1', 'u:u1')
  expect(person?.user).toMatchObject({ userId: 'u1', email: `${EMAILS}@x.example` })
  await close()
})
