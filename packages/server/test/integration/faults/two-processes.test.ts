import { formatTimestamp, type ServerEvent } from '@arunika/protocol'
import { expect, it } from 'vitest'
import { aServerEvent } from '../../support/events'
import { freshDatabase } from '../../support/fresh-database'
import { sendBatch, startLoad, type Load } from '../../support/load'
import { seededRandom, type Random } from '../../support/random'
import { restartableServer, targetOf, type Target } from '../../support/restartable-server'
import { readPeople } from '../../support/snapshot'
import { sql } from '../../support/sql'
import { startServer } from '../../support/start-server'
import { expectSound, missingOf, storedIds } from '../../support/stored'

const PEOPLE = 12
const START_MS = Date.UTC(2026, 0, 1)

/** How long a process may go by what it remembers of a key, and the time that a test may lose beside. */
const NOTICED_MS = 1_000 + 2_000

/** Two processes on a database, and an app to send to by either. */
async function startTwo(database: string) {
  const [first, second] = [await restartableServer(database), await restartableServer(database)]
  await first.start()
  await second.start()
  const app = await first.createApp()
  return { first, second, targets: [app, targetOf(second.url, app)] }
}

it(
  'gives the same people and timelines as one process, also when one of two is killed',
  { timeout: 120_000 },
  async ({ annotate }) => {
    const random = seededRandom()
    const database = await freshDatabase()
    const { first, second, targets } = await startTwo(database)
    const loads = targets.map((target) =>
      startLoad(target, { senders: 4, eventsOf: () => eventsOfPeople(random) }),
    )
    await acknowledge(loads, 200)
    await second.kill()
    await acknowledge([loads[0]!], 200)
    await second.start() // and its senders go on
    await acknowledge(loads, 200)
    await Promise.all(loads.map((load) => load.stop()))

    const sent = new Map(loads.flatMap((load) => [...load.sent]))
    for (const load of loads) {
      expect(load.wrong).toEqual([])
      expect(load.refusals).toEqual([])
      expect(await missingOf(database, load)).toEqual([])
    }
    expect(loads[1]!.lost()).toBeGreaterThan(0)

    // The rest through the process that has not seen most of them.
    await sendAll(targets[0]!, [...sent.values()])
    expect((await storedIds(database)).sort()).toEqual([...sent.keys()].sort())
    const one = await startServer({ database: ':memory:' })
    await sendAll(targetOf(one.url, one), [...sent.values()])
    const expected = await peopleOf(one)
    expect(expected.length).toBeGreaterThan(PEOPLE / 2)
    for (const { url, headers } of targets) {
      const asApp = (path: string) => fetch(url + path, { headers })
      expect(await peopleOf({ asApp })).toEqual(expected)
    }
    await annotate(`${sent.size} events of ${expected.length} people`)

    for (const server of [first, second]) expect(await server.stop()).toMatchObject({ code: 0, stderr: '' })
    await expectSound(database)
  },
)

it('refuses a key in every process soon after it was revoked in the database', async () => {
  const database = await freshDatabase()
  const { targets } = await startTwo(database)
  for (const { url, headers } of targets)
    expect((await fetch(`${url}/api/users`, { headers })).status).toBe(200)

  await sql(database, 'update api_keys set revoked_at = ? where app_id = ?', Date.now(), targets[0]?.appId)
  const start = performance.now()
  for (const target of targets) {
    // By reading: a process that writes looks the key up again in any case.
    const ask = async () => (await fetch(`${target.url}/api/users`, { headers: target.headers })).status
    await expect.poll(ask, { timeout: 10_000 }).toBe(401)
  }
  expect(performance.now() - start).toBeLessThan(NOTICED_MS)
})

/** Resolves when each of some loads has had that many more acknowledged. */
async function acknowledge(loads: Load[], count: number): Promise<void> {
  await Promise.all(
    loads.map(({ acknowledged, until }) => {
      const before = acknowledged.size
      return until(() => acknowledged.size >= before + count)
    }),
  )
}

/** Of few people, who share emails and sessions, at few times: so that what one process links, the other links anew. */
function eventsOfPeople(random: Random): ServerEvent[] {
  return Array.from({ length: 10 }, () => {
    const identifier = random.of([
      { userId: `user_${random.below(PEOPLE)}` },
      { email: `${random.below(PEOPLE)}@x.example` },
      { sessionId: `session_${random.below(2 * PEOPLE)}`, userId: `user_${random.below(PEOPLE)}` },
      { sessionId: `session_${random.below(2 * PEOPLE)}`, email: `${random.below(PEOPLE)}@x.example` },
      { sessionId: `session_${random.below(2 * PEOPLE)}` },
    ])
    return aServerEvent({ identifier, timestamp: formatTimestamp(START_MS + random.below(1_000_000)) })
  })
}

async function sendAll(target: Target, events: ServerEvent[]): Promise<void> {
  for (let n = 0; n < events.length; n += 500) {
    expect(await sendBatch(target, events.slice(n, n + 500))).toMatchObject({ rejected: [] })
  }
}

/** Who there is and what they did, without the ids that were given to them. */
async function peopleOf(server: Parameters<typeof readPeople>[0]): Promise<unknown[]> {
  const { people } = await readPeople(server, 500)
  return people
    .map(({ user, eventIds }) => ({ ...user, profileId: null, eventIds }))
    .sort((a, b) => (`${a.userId} ${a.email}` < `${b.userId} ${b.email}` ? -1 : 1))
}
