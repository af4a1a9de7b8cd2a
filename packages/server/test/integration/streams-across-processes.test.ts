import { afterAll, beforeAll, it } from 'vitest'
import { startPostgres, type Postgres } from '../../../../scripts/postgres'
import { anEvent } from '../support/events'
import { answerOf, startServer } from '../support/start-server'
import { isAbout, readStream } from '../support/stream'

let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

it('tells what another process on the same PostgreSQL has stored, also after the database was away', async () => {
  const first = await startServer({ database: postgres.url })
  const second = await startServer({ database: postgres.url })
  const reader = await readStream(second.url, first.apiKey, '?since=0')
  const before = anEvent()
  await answerOf(first.sendAsBrowser('s1', [before]))
  await reader.until(isAbout(before.eventId))

  await postgres.kill()
  await postgres.start()
  const after = anEvent()
  let stored = await first.sendAsBrowser('s1', [after])
  while (!stored.ok) stored = await first.sendAsBrowser('s1', [after])
  // A stream that could not read its log in between has been closed, and says so: it resumes.
  const last = reader.messages.at(-1)?.seq ?? 0
  const resumed = await readStream(second.url, first.apiKey, `?since=${last}`)
  await resumed.until(isAbout(after.eventId))
  const next = anEvent()
  await answerOf(first.sendAsBrowser('s1', [next]))
  await resumed.until(isAbout(next.eventId))
})
