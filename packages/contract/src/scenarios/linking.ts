import { expect } from 'vitest'
import { inEveryOrder, paid, personBy } from '../every-order'
import { typesOf } from '../expectations'
import { topic } from '../scenario'

export const linking = topic('browser and server join', {
  async 'by an email, whichever side comes first'(world) {
    await inEveryOrder(
      world,
      (name) => [
        () => world.fromPage(name, [world.event('page_view', { at: -9_000 })]),
        () => world.identify(name, { email: `${name}@example.com` }),
        () => paid(world, { email: `${name.toUpperCase()}@Example.com` }),
      ],
      async (name) => {
        const { types } = await personBy(world, `${name}@example.com`)
        expect(types).toEqual(['page_view', 'user_identified', 'paid'])
      },
    )
  },

  async 'by a userId, whichever side comes first'(world) {
    await inEveryOrder(
      world,
      (name) => [
        () => world.fromPage(name, [world.event('page_view', { at: -9_000 })]),
        () => world.identify(name, { userId: `user-${name}-` }),
        () => paid(world, { userId: `user-${name}-` }),
      ],
      async (name) => {
        const { types } = await personBy(world, `user-${name}-`)
        expect(types).toEqual(['page_view', 'user_identified', 'paid'])
      },
    )
  },

  async 'by a sessionId that the page gave to its backend'(world) {
    await inEveryOrder(
      world,
      (name) => [
        () => world.fromPage(name, [world.event('page_view', { at: -9_000 })]),
        () => paid(world, { sessionId: name }),
        () =>
          world.fromServer([
            world.event('signed_up', { identifier: { userId: `user-${name}-`, sessionId: name } }),
          ]),
      ],
      async (name) => {
        const { types } = await personBy(world, `user-${name}-`)
        expect(types).toEqual(['page_view', 'signed_up', 'paid'])
      },
    )
  },

  async 'by a profileId that was given out'(world) {
    await world.fromPage('s_1', [world.event('page_view', { at: -9_000 })])
    const profileId = await world.profileOf('s_1', { email: 'sari@example.com' })
    await paid(world, { profileId })
    expect(typesOf(await world.timeline(profileId))).toEqual(['page_view', 'user_identified', 'paid'])
  },

  async 'by an email, then by a userId: two people become one, and the older profile id survives'(world) {
    await inEveryOrder(
      world,
      (name) => [
        () => paid(world, { email: `${name}@example.com` }, -5_000),
        () => paid(world, { userId: `user-${name}-` }, -4_000),
        () => world.identify(name, { email: `${name}@example.com`, userId: `user-${name}-` }),
      ],
      async (name) => {
        const { user, types } = await personBy(world, `user-${name}-`)
        expect(user).toMatchObject({ email: `${name}@example.com`, userId: `user-${name}-` })
        expect(types).toEqual(['paid', 'paid', 'user_identified'])
      },
    )
  },
})
