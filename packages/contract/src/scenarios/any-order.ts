import { ROUTES, type Activity, type Page, type User } from '@arunika/protocol'
import fc from 'fast-check'
import { expect } from 'vitest'
import { topic } from '../scenario'
import type { Credentials } from '../target'
import type { World } from '../world'

/** A request that says something of who people are, among so few names that claims conflict. */
interface Saying {
  route: 'page' | 'profile' | 'server'
  sessionId: string
  userId: string | undefined
  email: string | undefined
  name: string
}

const maybe = (values: string[]) => fc.option(fc.constantFrom(...values), { nil: undefined })
const saying: fc.Arbitrary<Saying> = fc.record({
  route: fc.constantFrom('page', 'profile', 'server'),
  sessionId: fc.constantFrom('s_1', 's_2', 's_3'),
  userId: maybe(['user_1', 'user_2', 'user_3']),
  email: maybe(['a@example.com', 'b@example.com', 'c@example.com']),
  name: fc.constantFrom('Ada', 'Budi', 'Citra'),
})
/** The same for every target, so that their answers can be compared. */
const histories = fc.sample(fc.array(saying, { minLength: 6, maxLength: 14 }), { seed: 1, numRuns: 12 })

type Send = (app: Credentials) => Promise<unknown>

/** The requests of a history, each at a time and with an id of its own, for any app. */
function requestsOf(world: World, history: Saying[]): Send[] {
  return history.map(({ route, sessionId, userId, email, name }, index) => {
    const at = ((index * 7) % 17) * -1_000 // each another, and not in the order in which they are sent
    const event = world.event('page_view', { at })
    const { eventId, timestamp } = event
    const who = { ...(userId && { userId }), ...(email && { email }) }
    if (route === 'profile' && (userId ?? email) !== undefined) {
      return ({ appId }) =>
        world.request(ROUTES.profile, { appId, sessionId, eventId, timestamp, name, ...who })
    }
    if (route === 'server') {
      const identifier = {
        ...who,
        ...(index % 2 === 0 || (userId ?? email) === undefined ? { sessionId } : {}),
      }
      return (app) =>
        world.request(ROUTES.serverEvents, { ...event, eventType: 'paid', identifier }, world.asServer(app))
    }
    return ({ appId }) => world.request(ROUTES.browserEvents, { appId, sessionId, events: [event] })
  })
}

/** All that can be read of an app, without what is made at random. */
async function allOf(world: World, app: Credentials) {
  const options = world.asServer(app)
  const users = (await world.request('/api/users?limit=200', undefined, options)).body as Page<User>
  const events = (await world.request('/api/activities?limit=200', undefined, options)).body as Page<Activity>
  const ownerOf = new Map(users.items.map(({ profileId, userId, email }) => [profileId, userId ?? email]))
  return {
    users: users.items.map((user) => ({ ...user, profileId: null })),
    events: events.items.map((event) => ({
      ...event,
      profileId: ownerOf.get(event.profileId ?? '') ?? null,
    })),
  }
}

export const anyOrder = topic(
  'the same requests give the same timelines',
  Object.fromEntries(
    histories.map((history, number) => [
      `in whatever order and however often they arrive (history ${number + 1})`,
      async (world: World) => {
        const other = await world.createApp()
        const requests = requestsOf(world, history)
        for (const send of requests) await send(world.app)
        for (const send of [...requests].reverse()) await send(other)
        for (const send of requests) await send(other)

        const here = await allOf(world, world.app)
        expect(here.events).toHaveLength(history.length)
        expect(await allOf(world, other)).toEqual(here)
      },
    ]),
  ),
)
