import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { freshDatabase } from '../../support/fresh-database'
import { sendBatch, startLoad } from '../../support/load'
import { seededRandom } from '../../support/random'
import { restartableServer } from '../../support/restartable-server'
import { SDK_EVENT, startSdk } from '../../support/sdk-load'
import { sql } from '../../support/sql'
import { expectSound, missingOf, storedIds } from '../../support/stored'

const KILLS = 20

/** Of the time that a server takes to start, and of the time for which it then runs. */
const MAX_MS = { starting: 2_500, running: 400 }

it(
  'has stored what it acknowledged, once, however often it is killed',
  { timeout: 240_000 },
  async ({ annotate }) => {
    const random = seededRandom()
    const database = await freshDatabase()
    const server = await restartableServer(database)
    await server.start()
    const target = await server.createApp()
    const sdk = startSdk(target)
    const load = startLoad(target, { isSentAgain: () => random.next() < 0.95 })

    for (let kill = 0; kill < KILLS; kill++) {
      if (kill % 5 === 4) {
        server.spawn()
        await delay(random.next() * MAX_MS.starting) // the moment is by chance, and nothing is waited for
      } else {
        if (kill > 0) await server.start()
        const before = load.acknowledged.size
        await load.until(() => load.acknowledged.size > before)
        await delay(random.next() * MAX_MS.running)
      }
      await server.kill()
    }

    await server.start()
    await load.stop()
    expect(load.wrong).toEqual([])
    expect(load.refusals).toEqual([])
    expect(await missingOf(database, load)).toEqual([])
    const logged = await sdk.finish()

    // What was not acknowledged is sent again, as an SDK does; here with all the rest.
    const all = [...load.sent.values()]
    for (let n = 0; n < all.length; n += 1_000) {
      const events = all.slice(n, n + 1_000)
      expect(await sendBatch(target, events)).toMatchObject({ rejected: [] })
    }
    const numbers = (await sql(database, 'select event_data from events where event_type = ?', SDK_EVENT))
      .map((row) => (JSON.parse((row as { event_data: string }).event_data) as { n: number }).n)
      .sort((a, b) => a - b)
    expect(numbers).toEqual(Array.from({ length: logged }, (_, n) => n))
    expect(sdk.lost).toEqual([])
    const stored = new Set(await storedIds(database))
    expect([...load.sent.keys()].filter((id) => !stored.has(id))).toEqual([])
    expect(stored.size).toBe(load.sent.size + logged)

    // They did what they are here for.
    expect(sdk.failures()).toBeGreaterThan(5)
    expect(load.lost()).toBeGreaterThan(KILLS)
    expect(load.sent.size).toBeGreaterThan(load.acknowledged.size)
    await annotate(`${load.acknowledged.size} of ${load.sent.size} acknowledged, ${logged} by the SDK`)

    expect(await server.stop()).toMatchObject({ code: 0, stderr: '' })
    await expectSound(database)
  },
)
