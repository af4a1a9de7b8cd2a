import { expect } from 'vitest'
import { inEveryOrder, paid, personBy } from '../every-order'
import { topic } from '../scenario'

export const identity = topic('a person', {
  async 'keeps both profile ids after a merge'(world) {
    const older = await world.profileOf('s_1', {
      email: 'sari@example.com',
      timestamp: world.clock.iso(-60_000),
    })
    const younger = await world.profileOf('s_2', { userId: 'user_1' })
    expect(younger).not.toBe(older)
    await world.identify('s_2', { userId: 'user_1', email: 'sari@example.com' })
    for (const profileId of [older, younger]) {
      expect(await world.read(`/api/users/${profileId}`)).toMatchObject({
        profileId: older,
        userId: 'user_1',
      })
      expect(await world.timeline(profileId)).toHaveLength(3)
    }
    expect(await world.users()).toHaveLength(1)
  },

  async 'of an anonymous session is nobody until the session says who it is'(world) {
    await world.fromPage('s_1', [world.event('page_view')])
    expect(await world.users()).toEqual([])
    expect(await world.read('/api/activities')).toMatchObject({
      items: [{ profileId: null, sessionId: 's_1' }],
    })
    const profileId = await world.profileOf('s_1', { userId: 'user_1' })
    expect(await world.read('/api/activities?type=page_view')).toMatchObject({ items: [{ profileId }] })
  },

  async 'who claimed an email first has it, whichever claim comes first'(world) {
    const claim = (name: string, userId: string, at: number) =>
      world.fromServer([world.event('login', { at, identifier: { userId, email: `${name}@example.com` } })])
    await inEveryOrder(
      world,
      (name) => [
        () => claim(name, `first-${name}-`, -9_000),
        () => claim(name, `second-${name}-`, -1_000),
        () => paid(world, { email: `${name}@example.com` }),
      ],
      async (name) => {
        expect((await personBy(world, `first-${name}-`)).types).toEqual(['login', 'paid'])
        expect((await personBy(world, `second-${name}-`)).types).toEqual(['login'])
      },
    )
  },

  async 'who claimed a session first has it, whichever claim comes first'(world) {
    await inEveryOrder(
      world,
      (name) => [
        () => world.identify(name, { userId: `first-${name}-`, timestamp: world.clock.iso(-9_000) }),
        () => world.identify(name, { userId: `second-${name}-` }),
        () => world.fromPage(name, [world.event('page_view', { at: 1_000 })]),
      ],
      async (name) => {
        expect((await personBy(world, `first-${name}-`)).types).toEqual(['user_identified', 'page_view'])
        expect((await personBy(world, `second-${name}-`)).types).toEqual(['user_identified'])
      },
    )
  },

  async 'of one app is unknown to another'(world) {
    const other = await world.createApp()
    await paid(world, { userId: 'user_1' })
    const body = { events: [world.event('paid', { identifier: { userId: 'user_1' } })] }
    await world.request('/api/webhooks', body, world.asServer(other))
    const user = await world.onlyUser()
    expect(await world.timeline(user.profileId)).toHaveLength(1)
  },
})
