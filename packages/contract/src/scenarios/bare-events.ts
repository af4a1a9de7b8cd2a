import { ROUTES } from '@arunika/protocol'
import { expect } from 'vitest'
import { expectCounts, expectProblem } from '../expectations'
import { topic } from '../scenario'

const login = { eventType: 'login', identifier: { email: 'sari@example.com' } }

export const bareEvents = topic('a bare event', {
  async 'is taken by both routes, and gets an id and a time'(world) {
    for (const route of [ROUTES.serverEvents, ROUTES.serverEvent]) {
      expectCounts(await world.request(route, login, world.asServer()), { accepted: 1 })
    }
    const user = await world.onlyUser()
    const events = await world.timeline(user.profileId)
    expect(events).toHaveLength(2)
    expect(events[0]).toMatchObject({ ...login, timestamp: world.clock.iso(), source: 'server' })
  },

  async 'keeps the id and the time that it came with'(world) {
    const event = world.event('login', { at: -60_000, identifier: login.identifier })
    expectCounts(await world.request(ROUTES.serverEvent, event, world.asServer()), { accepted: 1 })
    expectCounts(await world.request(ROUTES.serverEvents, event, world.asServer()), { duplicates: 1 })
    const user = await world.onlyUser()
    expect(await world.timeline(user.profileId)).toMatchObject([event])
  },

  async 'that is bad is named in the answer'(world) {
    const answer = await world.request(ROUTES.serverEvent, { eventType: 'login' }, world.asServer())
    expectCounts(answer, { rejected: { 0: 'missing_identifier' } })
    const nameless = await world.request(ROUTES.serverEvent, {}, world.asServer())
    expectCounts(nameless, { rejected: { 0: 'invalid_event_type' } })
  },

  async 'is no batch on its own route, and nothing is one without events and type'(world) {
    const batch = { events: [world.event('login', { identifier: login.identifier })] }
    expectProblem(await world.request(ROUTES.serverEvent, batch, world.asServer()), 400, 'invalid_batch')
    // The id that the server made for it is nothing that the sender knows.
    const refused = await world.request(ROUTES.serverEvent, { ...login, eventType: '' }, world.asServer())
    expect(refused.body).toMatchObject({
      accepted: 0,
      rejected: [{ eventId: null, code: 'invalid_event_type' }],
    })
    expectProblem(await world.request(ROUTES.serverEvents, {}, world.asServer()), 400, 'invalid_batch')
    expectProblem(await world.request(ROUTES.serverEvent, [login], world.asServer()), 400, 'not_an_object')
  },
})
