import { LIMITS, ROUTES, type User } from '@arunika/protocol'
import { expect } from 'vitest'
import { expectCounts, expectProblem, typesOf } from '../expectations'
import { topic } from '../scenario'

export const batches = topic('a batch', {
  async 'of a page is stored, each event once'(world) {
    const events = [
      world.event('page_view'),
      world.event('added_to_cart', { at: 1_000, eventData: { sku: 'A' } }),
    ]
    expectCounts(await world.fromPage('s_1', events), { accepted: 2 })

    const profileId = await world.profileOf('s_1', { userId: 'user_1' })
    const [view, cart] = await world.timeline(profileId)
    expect(view).toMatchObject({ ...events[0], source: 'browser', sessionId: 's_1', profileId })
    expect(view).toMatchObject({ receivedAt: world.clock.iso() })
    expect(cart?.eventType).toBe('user_identified')
  },

  async 'of a server is stored under whom it names'(world) {
    const event = world.event('payment_processed', { identifier: { userId: 'user_1' }, description: 'Paid' })
    expectCounts(await world.fromServer([event]), { accepted: 1 })

    const user = await world.onlyUser()
    expect(user).toEqual({
      profileId: expect.any(String) as string,
      userId: 'user_1',
      email: null,
      name: null,
      subscriptionTier: null,
      traits: {},
      status: 'pending',
      registeredAt: null,
      lastActiveAt: world.clock.iso(),
    } satisfies User)
    const [stored] = await world.timeline(user.profileId)
    expect(stored).toMatchObject({ ...event, source: 'server', sessionId: null })
  },

  async 'without events is answered with nothing'(world) {
    expectCounts(await world.fromPage('s_1', []), {})
    expectCounts(await world.fromServer([]), {})
    expect(await world.users()).toEqual([])
  },

  async 'takes as many events as the contract allows'(world) {
    const identifier = { userId: 'user_1' }
    const events = Array.from({ length: LIMITS.maxBatchEvents }, () => world.event('tick', { identifier }))
    expectCounts(await world.fromServer(events), { accepted: LIMITS.maxBatchEvents })
  },

  async 'may leave sentAt out'(world) {
    const { appId } = world.app
    const events = [world.event('page_view', { at: -3_600_000 })]
    expectCounts(await world.request(ROUTES.browserEvents, { appId, sessionId: 's_1', events }), {
      accepted: 1,
    })
    const profileId = await world.profileOf('s_1', { userId: 'user_1' })
    expect((await world.timeline(profileId))[0]).toMatchObject(events[0] ?? {})
  },

  async 'of an app that is not there is refused'(world) {
    const answer = await world.fromPage('s_1', [world.event('page_view')], { appId: 'app_nobody' })
    expectProblem(answer, 401, 'unknown_app')
  },

  async 'of a suspended app is refused'(world) {
    const app = await world.createApp({ status: 'suspended' })
    const { appId } = app
    expectProblem(await world.fromPage('s_1', [world.event('page_view')], { appId }), 403, 'app_suspended')
    expectProblem(
      await world.request(ROUTES.profile, { appId, sessionId: 's_1', userId: 'user_1' }),
      403,
      'app_suspended',
    )
    expectProblem(
      await world.request(ROUTES.serverEvents, { events: [] }, world.asServer(app)),
      403,
      'app_suspended',
    )
    expectProblem(await world.request('/api/users', undefined, world.asServer(app)), 403, 'app_suspended')
  },

  async 'keeps the fields that it knows and leaves out the others'(world) {
    const context = {
      page: { url: 'https://shop.example/', title: 'Shop' },
      locale: 'id-ID',
      plan: { tier: 'pro' },
    }
    const eventData = { nested: [1, { two: null }], ключ: '🌅', empty: '' }
    await world.fromPage('s_1', [world.event('page_view', { context, eventData, surprise: true })])
    const profileId = await world.profileOf('s_1', { userId: 'user_1' })
    const stored = (await world.timeline(profileId)).find((event) => event.eventType === 'page_view')
    expect(stored).toMatchObject({ context, eventData })
    expect(stored).not.toHaveProperty('surprise')
    expect(typesOf(await world.timeline(profileId))).toHaveLength(2)
  },
})
