import { formatTimestamp, HEADERS, type ProfileAnswer } from '@arunika/protocol'
import { createServer, type ArunikaServer } from '@arunika/server'
import fc from 'fast-check'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { uuid } from '../support/events'
import { freshDatabase } from '../support/fresh-database'
import { readPeople, type Person } from '../support/snapshot'
import { json, read } from '../support/start-server'

/** Few people, few times: so that almost every set of requests holds conflicts and ties. */
const user = fc.constantFrom('user_1', 'user_2', 'user_3')
const email = fc.constantFrom('ada@example.com', 'bob@example.com', 'eve@example.com')
const session = fc.constantFrom('session_1', 'session_2', 'session_3')
const at = fc.integer({ min: 1, max: 5 }).map((n) => formatTimestamp(1_767_225_600_000 + n * 1_000))
const eventId = fc.noBias(fc.constant(null)).map(() => uuid())
const attributes = fc.record({ name: fc.constantFrom('Ada', 'Bob'), plan: fc.nat(3) }, { requiredKeys: [] })
const needsOne = <T extends object>(value: T) => Object.keys(value).length > 0

const identifier = fc
  .record({ userId: user, email, sessionId: session }, { requiredKeys: [] })
  .filter(needsOne)

const pageViews = fc.record({
  kind: fc.constant('events' as const),
  sessionId: session,
  events: fc.array(fc.record({ eventId, eventType: fc.constant('page_view'), timestamp: at }), {
    minLength: 1,
    maxLength: 3,
  }),
})
const identified = fc.record({
  kind: fc.constant('profile' as const),
  body: fc
    .tuple(
      fc.record({ userId: user, email }, { requiredKeys: [] }).filter(needsOne),
      fc.record({ sessionId: session, eventId, timestamp: at, traits: attributes }),
    )
    .map(([who, rest]) => ({ ...who, ...rest })),
})
const serverEvent = fc.oneof(
  fc.record({ eventId, eventType: fc.constant('order_shipped'), timestamp: at, identifier }),
  fc.record({
    eventId,
    eventType: fc.constant('user_registered'),
    timestamp: at,
    identifier,
    eventData: fc
      .tuple(attributes, fc.record({ email, userId: user }, { requiredKeys: [] }))
      .map(([some, who]) => ({ ...some, ...who })),
  }),
)
const serverEvents = fc.record({
  kind: fc.constant('webhooks' as const),
  events: fc.array(serverEvent, { minLength: 1, maxLength: 3 }),
})

type Sent =
  | { kind: 'events'; sessionId: string; events: object[] }
  | { kind: 'profile'; body: object }
  | { kind: 'webhooks'; events: object[] }

/** What refers to people by the profile ids that they have by then: the nth person's. */
const later = fc.array(
  fc.record({ nth: fc.nat(3), eventId, timestamp: at, also: fc.option(identifier, { nil: {} }) }),
  { maxLength: 3 },
)

const twice = <T>(items: T[]) =>
  fc.shuffledSubarray(
    [...items, ...items].map((_, index) => index),
    { minLength: items.length * 2 },
  )
/** How many requests are sent at the same time, one such step after the other; and before which of them the server starts again. */
const steps = fc.array(
  fc.record({
    requests: fc.integer({ min: 1, max: 5 }),
    restarts: fc.oneof(
      { weight: 9, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
  }),
  { minLength: 1, maxLength: 4 },
)

const scenario = fc
  .tuple(fc.array(fc.oneof(pageViews, identified, serverEvents), { minLength: 2, maxLength: 8 }), later)
  .chain(([requests, references]) =>
    fc.record({
      requests: fc.constant<Sent[]>(requests),
      references: fc.constant(references),
      order: twice<unknown>(requests),
      orderOfReferences: twice(references),
      steps,
    }),
  )

const RUNS = Number(process.env['ARUNIKA_PROPERTY_RUNS'] ?? 60)

let server: ArunikaServer
let url: string
let database: string
beforeEach(async () => {
  database = await freshDatabase()
  onTestFinished(() => server.close())
  await start()
})

async function start(): Promise<void> {
  server = await createServer({ database })
  url = await server.listen({ port: 0 })
}

/** Sends some things in steps, each at once, until all are sent; the steps begin again where they end. */
async function sendInSteps<Item>(
  items: Item[],
  steps: { requests: number; restarts: boolean }[],
  send: (item: Item) => Promise<void>,
): Promise<void> {
  for (let sent = 0, number = 0; sent < items.length; number++) {
    const { requests, restarts } = steps[number % steps.length] ?? { requests: 1, restarts: false }
    if (restarts && number < steps.length) {
      await server.close()
      await start()
    }
    await Promise.all(items.slice(sent, sent + requests).map(send))
    sent += requests
  }
}

/** An app of its own for one order of the requests. */
async function newRun() {
  const { appId, apiKey } = await server.createApp({ name: 'run' })
  const headers = { [HEADERS.appId]: appId, [HEADERS.apiKey]: apiKey, 'content-type': 'application/json' }
  const profileIds = new Set<string>()
  const asApp = (path: string, init: RequestInit = {}) => fetch(url + path, { ...init, headers })

  async function send(request: Sent): Promise<void> {
    if (request.kind === 'events') {
      const { sessionId, events } = request
      await read(await asApp('/api/events', json({ appId, sessionId, events })))
    } else if (request.kind === 'webhooks') {
      await read(await asApp('/api/webhooks', json({ events: request.events })))
    } else {
      const answer = await asApp('/api/profile', json({ appId, ...request.body }))
      profileIds.add((await read<ProfileAnswer>(answer)).profileId)
    }
  }

  async function people() {
    const { people, activities } = await readPeople({ asApp })
    for (const { user } of people) profileIds.add(user.profileId)
    people.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))

    const owners = new Map(people.flatMap((p) => p.eventIds.map((id) => [id, p.user.profileId] as const)))
    expect(people.flatMap((person) => person.eventIds)).toHaveLength(owners.size) // one timeline at most
    for (const { eventId, profileId } of activities) expect(owners.get(eventId) ?? null).toBe(profileId)
    return people
  }

  async function valid() {
    for (const profileId of profileIds) expect((await asApp(`/api/users/${profileId}`)).status).toBe(200)
  }

  return { send, people, valid }
}

function nameOf({ user }: Person): string {
  return `${user.userId ?? ''} ${user.email ?? ''}`
}

function withoutProfileIds(people: Person[]): unknown[] {
  return people.map(({ user, eventIds }) => ({ ...user, profileId: null, eventIds }))
}

it(
  'makes the same people and timelines of the same requests, in any order, at once, and however often they come',
  async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ requests, references, order, orderOfReferences, steps }) => {
        const once = await newRun()
        for (const request of requests) await once.send(request)
        const shuffled = await newRun()
        await sendInSteps(order, steps, (index) => shuffled.send(requests[index % requests.length]!))

        const first = await once.people()
        const second = await shuffled.people()
        expect(withoutProfileIds(second)).toEqual(withoutProfileIds(first))

        const refer = (people: Person[], { nth, also, ...event }: (typeof references)[number]): Sent => {
          const profileId = people[nth % people.length]!.user.profileId
          const events = [{ ...event, eventType: 'order_paid', identifier: { ...also, profileId } }]
          return { kind: 'webhooks', events }
        }
        if (first.length > 0) {
          for (const reference of references) await once.send(refer(first, reference))
          await sendInSteps(orderOfReferences, steps, (index) =>
            shuffled.send(refer(second, references[index % references.length]!)),
          )
        }
        expect(withoutProfileIds(await shuffled.people())).toEqual(withoutProfileIds(await once.people()))
        await once.valid()
        await shuffled.valid()
      }),
      { numRuns: RUNS },
    )
  },
  60_000 + RUNS * 1_000,
)
