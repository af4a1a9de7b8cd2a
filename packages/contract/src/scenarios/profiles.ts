import { ROUTES } from '@arunika/protocol'
import vectors from '@arunika/protocol/vectors/validation.json'
import { expect } from 'vitest'
import { expectProblem, typesOf } from '../expectations'
import { topic } from '../scenario'
import { inOwnApp } from '../vectors'

export const profiles = topic('a profile request', {
  async 'makes a person and tells their profile id'(world) {
    const answer = await world.identify('s_1', {
      email: ' Sari@Example.com ',
      userId: 'user_1',
      name: 'Sari',
      traits: { newsletter: true },
    })
    expect(answer.status).toBe(200)
    const { profileId, status } = answer.body as { profileId: string; status: string }
    expect(status).toBe('pending')
    expect(await world.read(`/api/users/${profileId}`)).toMatchObject({
      profileId,
      userId: 'user_1',
      email: 'sari@example.com',
      name: 'Sari',
      traits: { newsletter: true },
      registeredAt: null,
    })
  },

  async 'shows in the timeline as an event'(world) {
    const profileId = await world.profileOf('s_1', { email: 'sari@example.com', name: 'Sari' })
    expect(await world.timeline(profileId)).toMatchObject([
      {
        eventType: 'user_identified',
        eventData: { email: 'sari@example.com', name: 'Sari' },
        source: 'browser',
        sessionId: 's_1',
      },
    ])
  },

  async 'sent again makes no second event, with its id or without'(world) {
    const body = { appId: world.app.appId, sessionId: 's_1', timestamp: world.clock.iso(), userId: 'user_1' }
    const withId = { ...body, eventId: world.newId() }
    for (const request of [body, body, withId, withId]) await world.request(ROUTES.profile, request)
    const user = await world.onlyUser()
    expect(await world.timeline(user.profileId)).toHaveLength(2)
  },

  async 'keeps the latest of what is said of a person, whichever comes first'(world) {
    const { clock } = world
    const late = { userId: 'user_1', name: 'Sari', timestamp: clock.iso(), traits: { plan: 'pro' } }
    const early = {
      ...late,
      name: 'S.',
      timestamp: clock.iso(-60_000),
      traits: { plan: 'free', since: 2020 },
    }
    await world.identify('s_1', late)
    const profileId = await world.profileOf('s_1', early)
    expect(await world.read(`/api/users/${profileId}`)).toMatchObject({
      name: 'Sari',
      traits: { plan: 'pro', since: 2020 },
    })
  },

  async 'keeps traits of any name as they are'(world) {
    const traits = JSON.parse(
      '{"__proto__": {"a": 1}, "constructor": "c", "名": null, "list": [1]}',
    ) as object
    const profileId = await world.profileOf('s_1', { userId: 'user_1', traits })
    const user = await world.read<{ traits: object }>(`/api/users/${profileId}`)
    expect(JSON.stringify(Object.entries(user.traits).sort())).toBe(
      JSON.stringify(Object.entries(traits).sort()),
    )
  },

  async 'with the id of an event that is stored already stores nothing'(world) {
    const event = world.event('page_view')
    await world.fromPage('s_1', [event])
    const answer = await world.identify('s_1', { userId: 'user_1', eventId: event['eventId'] })
    expectProblem(answer, 400, 'invalid_profile')
    expect(await world.users()).toEqual([])
  },

  async 'without a name of the person, or malformed, is refused'(world) {
    const refused = vectors.profiles.filter(({ code }) => code !== undefined)
    for (const { input, code } of refused) {
      expectProblem(await world.request(ROUTES.profile, inOwnApp(world, input)), 400, code ?? '')
    }
    expect(refused.length).toBeGreaterThan(5)
  },

  async 'of an app that is not there is refused'(world) {
    const body = { appId: 'app_nobody', sessionId: 's_1', userId: 'user_1' }
    expectProblem(await world.request(ROUTES.profile, body), 401, 'unknown_app')
  },

  async 'tells a registration’s time by the first of them'(world) {
    const registered = (at: number) =>
      world.event('user_registered', { at, eventData: { userId: 'user_1', email: 'sari@example.com' } })
    await world.fromPage('s_1', [registered(0)])
    await world.fromPage('s_1', [registered(-5_000), registered(5_000)])
    const user = await world.onlyUser()
    expect(user).toMatchObject({ userId: 'user_1', registeredAt: world.clock.iso(-5_000) })
    expect(typesOf(await world.timeline(user.profileId))).toHaveLength(3)
  },
})
