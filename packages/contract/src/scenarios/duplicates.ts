import { expect } from 'vitest'
import { expectCounts } from '../expectations'
import { topic } from '../scenario'

const identifier = { userId: 'user_1' }

export const duplicates = topic('an event that comes again', {
  async 'in the same request sent twice is stored once'(world) {
    const events = [world.event('login', { identifier }), world.event('logout', { identifier })]
    expectCounts(await world.fromServer(events), { accepted: 2 })
    expectCounts(await world.fromServer(events), { duplicates: 2 })
    const user = await world.onlyUser()
    expect(await world.timeline(user.profileId)).toHaveLength(2)
  },

  async 'in another batch is stored once, and the new ones beside it are stored'(world) {
    const first = world.event('login', { identifier })
    await world.fromServer([first])
    expectCounts(await world.fromServer([world.event('logout', { identifier }), first]), {
      accepted: 1,
      duplicates: 1,
    })
  },

  async 'within one batch counts once: the first of them'(world) {
    const event = world.event('login', { identifier, description: 'first' })
    const again = { ...event, description: 'second' }
    expectCounts(await world.fromServer([event, again]), { accepted: 1, duplicates: 1 })
    const user = await world.onlyUser()
    expect(await world.timeline(user.profileId)).toMatchObject([{ description: 'first' }])
  },

  async 'with its id in upper case is the same event'(world) {
    const event = world.event('login', { identifier })
    await world.fromServer([event])
    const upper = { ...event, eventId: String(event['eventId']).toUpperCase() }
    expectCounts(await world.fromServer([upper]), { duplicates: 1 })
  },

  async 'from a page, then from a server, is the same event'(world) {
    const event = world.event('login')
    expectCounts(await world.fromPage('s_1', [event]), { accepted: 1 })
    expectCounts(await world.fromServer([{ ...event, identifier }]), { duplicates: 1 })
    expect(await world.users()).toEqual([]) // what the duplicate says of a person is not taken in
  },

  async 'in another app is another event'(world) {
    const event = world.event('page_view')
    const other = await world.createApp()
    expectCounts(await world.fromPage('s_1', [event]), { accepted: 1 })
    expectCounts(await world.fromPage('s_1', [event], { appId: other.appId }), { accepted: 1 })
  },
})
