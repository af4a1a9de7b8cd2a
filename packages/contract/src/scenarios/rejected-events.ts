import { isObject, own, ROUTES } from '@arunika/protocol'
import vectors from '@arunika/protocol/vectors/validation.json'
import { expect } from 'vitest'
import { expectCounts, expectProblem } from '../expectations'
import { topic } from '../scenario'
import { inOwnApp, withOwnId } from '../vectors'
import type { World } from '../world'

/** The places of the refused, and their codes. */
function codesOf(list: { code?: string }[]): Record<number, string> {
  return Object.fromEntries(list.flatMap(({ code }, index) => (code === undefined ? [] : [[index, code]])))
}

async function expectSame(
  world: World,
  list: { input: unknown; code?: string }[],
  isServer: boolean,
): Promise<void> {
  const events = list.map(({ input }) => withOwnId(world, input))
  const answer = await (isServer ? world.fromServer(events) : world.fromPage('s_1', events))
  const { accepted, duplicates } = answer.body as { accepted: number; duplicates: number }
  const rejected = codesOf(list)
  expect(accepted + duplicates).toBe(list.length - Object.keys(rejected).length)
  expectCounts(answer, { accepted, duplicates, rejected })
}

export const rejectedEvents = topic('a bad event', {
  async 'costs no good one of its batch'(world) {
    const good = world.event('login', { identifier: { userId: 'user_1' } })
    const other = world.event('logout', { identifier: { userId: 'user_1' } })
    const answer = await world.fromServer([good, { ...other, eventId: 'no id' }, null, other])
    expectCounts(answer, { accepted: 2, rejected: { 1: 'invalid_event_id', 2: 'event_not_object' } })
    expect(answer.body).toMatchObject({ rejected: [{ eventId: 'no id' }, { eventId: null }] })
  },

  async 'is refused with the code of the vectors, from a page'(world) {
    await expectSame(world, vectors.events, false)
  },

  async 'is refused with the code of the vectors, from a server'(world) {
    await expectSame(world, vectors.serverEvents, true)
    // A profile id that is well formed is of nobody here, which is another code.
    const identifiers = vectors.identifiers.filter(
      ({ input, code }) => code !== undefined || !isObject(input) || own(input, 'profileId') === undefined,
    )
    const events = identifiers.map(({ input, ...rest }) => ({
      ...rest,
      input: world.event('login', { identifier: input }),
    }))
    await expectSame(world, events, true)
  },

  async 'names a profile that this app never had'(world) {
    const other = await world.createApp()
    const elsewhere = { appId: other.appId, sessionId: 's_1', userId: 'user_1', sentAt: world.clock.iso() }
    const { body } = await world.request('/api/profile', elsewhere)
    const { profileId } = body as { profileId: string }
    const answer = await world.fromServer([
      world.event('login', { identifier: { profileId: 'prf_nobody' } }),
      world.event('login', { identifier: { profileId, userId: 'user_1' } }),
    ])
    expectCounts(answer, { rejected: { 0: 'unknown_profile', 1: 'unknown_profile' } })
    expect(await world.users()).toEqual([])
  },

  async 'is not stored, so that it may come again mended'(world) {
    const event = world.event('')
    expectCounts(await world.fromPage('s_1', [event]), { rejected: { 0: 'invalid_event_type' } })
    expectCounts(await world.fromPage('s_1', [{ ...event, eventType: 'login' }]), { accepted: 1 })
  },
})

export const refusedBatches = topic('a batch whose envelope is wrong', {
  async 'is refused as a whole, from a page'(world) {
    const refused = vectors.browserBatches.filter(
      ({ code }) => code !== undefined && code !== 'too_many_events',
    )
    for (const { input, code } of refused) {
      expectProblem(await world.request(ROUTES.browserEvents, inOwnApp(world, input)), 400, code ?? '')
    }
    expect(refused.length).toBeGreaterThan(5)
  },

  async 'is refused as a whole, from a server'(world) {
    const isBareEvent = (input: unknown) => isObject(input) && own(input, 'eventType') !== undefined
    const refused = vectors.serverBatches.filter(
      ({ input, code }) => code !== undefined && !isBareEvent(input),
    )
    for (const { input, code } of refused) {
      expectProblem(await world.request(ROUTES.serverEvents, input, world.asServer()), 400, code ?? '')
    }
    expect(refused.length).toBeGreaterThan(1)
  },
})
