import { HEADERS } from '@arunika/protocol'
import { median, round, type Figure, type Findings } from '../../../../scripts/bench/figure'
import { anOrder, aPageView } from '../sample-events'
import { startServer, type ServerProcess } from '../server-process'
import type { Setup } from '../setup'
import { sqliteStore } from '../stores/sqlite'

/** What a request that links may cost, however large what it links is. */
const MAX_MS = 50
const BATCH = 1_000
/** A request is repeated, each time about somebody new. */
const REPEATS = 9

type Client = ReturnType<typeof clientOf>

/** What it costs to link, and to read, where what is linked is large. */
export async function measureLinks(setup: Setup): Promise<Findings> {
  const place = await sqliteStore(setup).createPlace()
  const server = await startServer(place.database)
  const figures: Figure[] = []
  async function figure(name: string, run: (number: number) => Promise<unknown>): Promise<void> {
    const times: number[] = []
    for (let number = 0; number < REPEATS; number++) {
      const start = performance.now()
      await run(number)
      times.push(performance.now() - start)
    }
    figures.push({ name: `SQLite: ${name}`, value: round(median(times)), unit: 'ms', limit: MAX_MS })
  }
  try {
    const client = clientOf(server)
    await measureLongLives(client, setup, figure)
    await measureHostileApp(client, setup, figure)
    const profiles = setup.isQuick ? 20_000 : 1_000_000
    setup.progress(`links: ${profiles} profiles`)
    await client.fill(profiles, (number) => ({ userId: `p-${number}`, email: `p-${number}@x.example` }))
    await figure(`a claim in an app of ${profiles} profiles`, (number) =>
      client.order({ userId: `p-${number}`, email: `new-${number}@x.example` }),
    )
  } finally {
    await server.stop()
    await place.remove()
  }
  return { figures, tables: [] }
}

type Measure = (name: string, run: (number: number) => Promise<unknown>) => Promise<void>

async function measureLongLives(client: Client, { progress }: Setup, figure: Measure): Promise<void> {
  progress('links: a person of 100,000 events, sessions of 10,000')
  await client.fill(100_000, () => ({ userId: 'long' }))
  await figure('an email claimed by a person of 100,000 events', (number) =>
    client.order({ userId: 'long', email: `long-${number}@x.example` }),
  )
  await figure('a page of the timeline of a person of 100,000 events', () =>
    client.get('/api/activities?userId=long&limit=50'),
  )
  for (let session = 0; session < REPEATS; session++) await client.views(`late-${session}`, 10_000)
  await figure('the claim of a session of 10,000 events', (number) =>
    client.order({ userId: `late-${number}`, sessionId: `late-${number}` }),
  )
}

async function measureHostileApp(client: Client, { progress }: Setup, figure: Measure): Promise<void> {
  progress('links: one email, user id and session linked with 10,000 others')
  await client.fill(10_000, (number) => ({ userId: `h-${number}`, email: 'one@x.example' }))
  await client.fill(10_000, (number) => ({ userId: 'one', email: `h-${number}@x.example` }))
  await client.fill(10_000, (number) => ({ userId: `s-${number}`, sessionId: 'one' }))
  await figure('one more user id for an email that 10,000 have claimed', (number) =>
    client.order({ userId: `more-${number}`, email: 'one@x.example' }),
  )
  await figure('one more email for a user id that has 10,000', (number) =>
    client.order({ userId: 'one', email: `more-${number}@x.example` }),
  )
  await figure('one more user id for a session that 10,000 have claimed', (number) =>
    client.order({ userId: `more-${number}`, sessionId: 'one' }),
  )
}

function clientOf({ url, appId, apiKey }: ServerProcess) {
  const headers = { [HEADERS.appId]: appId, [HEADERS.apiKey]: apiKey, 'content-type': 'application/json' }
  let orders = 0

  async function send(path: string, body?: object): Promise<void> {
    const init = body && { method: 'POST', body: JSON.stringify(body) }
    const response = await fetch(url + path, { ...init, headers })
    const text = await response.text()
    if (!response.ok || text.includes('"rejected":[{'))
      throw new Error(`${response.status}: ${text.slice(0, 200)}`)
  }

  const post = (identifiers: object[]) =>
    send('/api/webhooks', {
      events: identifiers.map((identifier) => ({ ...anOrder(orders++), identifier })),
    })

  return {
    get: (path: string) => send(path),
    order: (identifier: object) => post([identifier]),
    async fill(count: number, identifierOf: (number: number) => object): Promise<void> {
      for (let from = 0; from < count; from += BATCH) {
        await post(Array.from({ length: Math.min(BATCH, count - from) }, (_, n) => identifierOf(from + n)))
      }
    },
    async views(sessionId: string, count: number): Promise<void> {
      for (let from = 0; from < count; from += BATCH) {
        await send('/api/events', {
          appId,
          sessionId,
          events: Array.from({ length: BATCH }, () => aPageView(orders++)),
        })
      }
    },
  }
}
