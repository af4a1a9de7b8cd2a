import { HEADERS, PROBLEM_CONTENT_TYPE } from '@arunika/protocol'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startPostgres, type Postgres } from '../../../../../scripts/postgres'
import { startLoad } from '../../support/load'
import { expectProblem } from '../../support/problems'
import { restartableServer } from '../../support/restartable-server'
import { startServer } from '../../support/start-server'
import { expectSound, missingOf, storedIds } from '../../support/stored'

const OUTAGES = 3

/** Longer than what the server remembers of apps and keys, so that it misses the database before it has read a body, too. */
const OUTAGE_MS = 2_000

let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

it('is unavailable while PostgreSQL is, has lost nothing, and takes events again when it is back', async ({
  annotate,
}) => {
  const server = await restartableServer(postgres.url)
  await server.start()
  const target = await server.createApp()
  const load = startLoad(target)

  for (let outage = 0; outage < OUTAGES; outage++) {
    const taken = load.acknowledged.size
    await load.until(() => load.acknowledged.size >= taken + 300)
    await postgres.kill()
    const start = performance.now()
    const refused = load.refusals.length
    await load.until(() => performance.now() - start > OUTAGE_MS && load.refusals.length >= refused + 20)
    expect((await fetch(`${target.url}/healthz`)).status).toBe(200)
    expect((await fetch(`${target.url}/readyz`)).status).toBe(503)
    await postgres.start()
    await load.until(() => load.acknowledged.size >= taken + 600)
  }
  await load.stop()

  // None that would have a sender give an event up.
  expect(load.refusals.filter(({ status }) => status !== 503)).toEqual([])
  expect(load.refusals.filter(({ contentType }) => !contentType?.includes(PROBLEM_CONTENT_TYPE))).toEqual([])
  expect(load.refusals.length).toBeGreaterThan(OUTAGES)
  for (const { code, retryAfter } of load.refusals) {
    expect([code, retryAfter]).toEqual(['unavailable', expect.stringMatching(/^\d+$/)])
  }
  expect(load.wrong).toEqual([])
  expect(load.lost()).toBe(0)
  expect(await missingOf(postgres.url, load)).toEqual([])
  const stored = await storedIds(postgres.url)
  expect(stored.filter((id) => !load.sent.has(id))).toEqual([])
  await annotate(`${load.refusals.length} refused, ${load.acknowledged.size} acknowledged`)

  expect(await server.stop()).toMatchObject({ code: 0 })
  await expectSound(postgres.url)
})

it('says that it is unavailable where it only reads, too', async () => {
  const { url, appId, apiKey } = await startServer({ database: postgres.url })
  await postgres.kill()
  try {
    for (const path of ['/api/users', '/api/activities']) {
      const answer = await fetch(url + path, {
        headers: { [HEADERS.appId]: appId, [HEADERS.apiKey]: apiKey },
      })
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
      await expectProblem(answer, 'unavailable')
    }
  } finally {
    await postgres.start()
  }
})
