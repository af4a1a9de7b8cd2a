import { expect } from 'vitest'
import { topic } from '../scenario'
import type { World } from '../world'

/** The event of a sender whose clock is off, as it is stored. */
async function stored(world: World, skewMs: number, eventOffsetMs: number) {
  const event = world.event('login', { at: skewMs + eventOffsetMs, identifier: { userId: 'user_1' } })
  await world.fromServer([event], { sentAt: world.clock.iso(skewMs) })
  const user = await world.onlyUser()
  return { event, activity: (await world.timeline(user.profileId))[0] }
}

export const clocks = topic('a sender’s clock', {
  async 'that is right, or nearly, is believed'(world) {
    const { event, activity } = await stored(world, 2_000, -60_000)
    expect(activity).toMatchObject({ timestamp: event['timestamp'] })
    expect(activity).not.toHaveProperty('originalTimestamp')
  },

  async 'that is an hour behind is corrected, and what it said is kept'(world) {
    const { event, activity } = await stored(world, -3_600_000, -60_000)
    expect(activity).toMatchObject({
      timestamp: world.clock.iso(-60_000),
      originalTimestamp: event['timestamp'],
    })
  },

  async 'that is years ahead is corrected'(world) {
    const { activity } = await stored(world, 4 * 365 * 86_400_000, 0)
    expect(activity).toMatchObject({ timestamp: world.clock.iso() })
  },

  async 'is corrected for a page’s events and its identity too'(world) {
    const sentAt = world.clock.iso(-3_600_000)
    await world.fromPage('s_1', [world.event('page_view', { at: -3_605_000 })], { sentAt })
    const profileId = await world.profileOf('s_1', { userId: 'user_1', sentAt, timestamp: sentAt })
    expect(await world.timeline(profileId)).toMatchObject([
      { eventType: 'page_view', timestamp: world.clock.iso(-5_000) },
      { eventType: 'user_identified', timestamp: world.clock.iso(), originalTimestamp: sentAt },
    ])
  },

  async 'that cannot be right is kept as it was given, marked, and sorted by'(world) {
    const at = (year: string) => `${year}-01-31T09:30:00.000Z`
    const years = ['1970', '2016', '2017', '2026', '2027']
    const events = years.map((year) =>
      world.event('login', { identifier: { userId: 'user_1' }, timestamp: at(year) }),
    )
    await world.fromServer(events)
    const user = await world.onlyUser()
    const timeline = await world.timeline(user.profileId)
    expect(timeline.map(({ timestamp, timestampOutlier = null }) => [timestamp, timestampOutlier])).toEqual([
      [at('1970'), 'ancient'],
      [at('2016'), 'ancient'],
      [at('2017'), null],
      [at('2026'), null],
      [at('2027'), 'future'],
    ])
  },

  async 'in another zone tells the same time'(world) {
    const event = world.event('login', {
      identifier: { userId: 'user_1' },
      timestamp: '2026-01-31T16:30:00+07:00',
    })
    await world.fromServer([event])
    const user = await world.onlyUser()
    expect(await world.timeline(user.profileId)).toMatchObject([{ timestamp: '2026-01-31T09:30:00.000Z' }])
  },
})
