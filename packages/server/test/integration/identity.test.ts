import { formatTimestamp, type Identifier, type ProfileAnswer, type User } from '@arunika/protocol'
import { describe, expect, it } from 'vitest'
import { aServerEvent, anEvent } from '../support/events'
import { readPeople } from '../support/snapshot'
import { answerOf, json, read, startServer } from '../support/start-server'

/** A server to which people and events are told by short names; times are seconds of one minute. */
async function startStory() {
  const server = await startServer()
  const at = (second: number) => formatTimestamp(Date.parse('2026-01-01T00:00:00.000Z') + second * 1_000)
  const names = new Map<string, string>()

  return {
    server,
    async view(name: string, second: number, sessionId: string) {
      const event = anEvent({ timestamp: at(second) })
      names.set(event.eventId, name)
      await answerOf(server.sendAsBrowser(sessionId, [event]))
    },
    async identify(
      name: string,
      second: number,
      sessionId: string,
      who: { email?: string; userId?: string },
    ) {
      const event = anEvent({ timestamp: at(second) })
      names.set(event.eventId, name)
      const body = { appId: server.appId, sessionId, eventId: event.eventId, timestamp: at(second), ...who }
      return read<ProfileAnswer>(await server.asApp('/api/profile', json(body)))
    },
    async act(name: string, second: number, identifier: Identifier) {
      const event = aServerEvent({ timestamp: at(second), identifier })
      names.set(event.eventId, name)
      return answerOf(server.sendAsServer([event]))
    },
    /** Each person as `userId / email: events, oldest first`, and the events of nobody. */
    async told(): Promise<string[]> {
      const { people, activities } = await readPeople(server)
      const line = (who: string, ids: string[]) =>
        `${who}: ${ids
          .map((id) => names.get(id))
          .reverse()
          .join(' ')}`
      const nobody = activities.filter(({ profileId }) => profileId === null).map(({ eventId }) => eventId)
      return [
        ...people
          .map(({ user, eventIds }) => line(`${user.userId ?? '-'} / ${user.email ?? '-'}`, eventIds))
          .sort(),
        ...(nobody.length > 0 ? [line('nobody', nobody)] : []),
      ]
    },
    user: async (profileId: string) => read<User>(await server.asApp(`/api/users/${profileId}`)),
  }
}

const ada = 'ada@example.com'
const bob = 'bob@example.com'

describe('joining', () => {
  it('keeps the events of a session that is nobody’s, and gives them to whom it gets', async () => {
    const story = await startStory()
    await story.view('visit', 1, 's1')
    expect(await story.told()).toEqual(['nobody: visit'])
    await story.identify('sign-in', 2, 's1', { email: ada })
    expect(await story.told()).toEqual([`- / ${ada}: visit sign-in`])
  })

  it('makes a person of the first server event that names them', async () => {
    const story = await startStory()
    await story.act('payment', 3, { email: ada })
    await story.view('visit', 1, 's1')
    await story.identify('sign-in', 2, 's1', { email: ada })
    expect(await story.told()).toEqual([`- / ${ada}: visit sign-in payment`])
  })

  it('joins browser and server by a session id', async () => {
    const story = await startStory()
    await story.view('visit', 1, 's1')
    await story.act('payment', 2, { userId: 'u1', sessionId: 's1' })
    expect(await story.told()).toEqual(['u1 / -: visit payment'])
  })

  it('compares emails trimmed and in lower case', async () => {
    const story = await startStory()
    await story.act('payment', 1, { email: ' ADA@Example.com ' })
    await story.act('shipment', 2, { email: ada })
    expect(await story.told()).toEqual([`- / ${ada}: payment shipment`])
  })

  it('joins sessions of many devices in one person', async () => {
    const story = await startStory()
    await story.view('phone', 1, 's1')
    await story.view('desk', 2, 's2')
    await story.identify('phone-in', 3, 's1', { userId: 'u1' })
    await story.identify('desk-in', 4, 's2', { userId: 'u1' })
    expect(await story.told()).toEqual(['u1 / -: phone desk phone-in desk-in'])
  })
})

describe('merging', () => {
  it('makes one person of two when a claim says so: the older profile id survives, the other stays valid', async () => {
    const story = await startStory()
    const byEmail = await story.identify('newsletter', 1, 's1', { email: ada })
    const byUserId = await story.identify('sign-in', 2, 's2', { userId: 'u1' })
    expect(byEmail.profileId).not.toBe(byUserId.profileId)
    await story.act('registration', 3, { userId: 'u1', email: ada })
    expect(await story.told()).toEqual([`u1 / ${ada}: newsletter sign-in registration`])
    const merged = await story.user(byEmail.profileId)
    expect(merged.profileId).toBe(byEmail.profileId)
    expect(await story.user(byUserId.profileId)).toEqual(merged)
  })

  it('joins a user id and an email that one session was both of', async () => {
    const story = await startStory()
    await story.act('payment', 1, { email: ada })
    await story.act('login', 2, { userId: 'u1' })
    await story.identify('newsletter', 3, 's1', { email: ada })
    await story.identify('sign-in', 4, 's1', { userId: 'u1' })
    expect(await story.told()).toEqual([`u1 / ${ada}: payment login newsletter sign-in`])
  })

  it('makes one person of a chain of email, session and user id, in whatever order it comes', async () => {
    for (const order of ['012', '021', '102', '120', '201', '210']) {
      const story = await startStory()
      const told = [
        () => story.identify('newsletter', 1, 's1', { email: ada }),
        () => story.identify('sign-in', 2, 's1', { userId: 'u1' }),
        () => story.act('payment', 3, { email: ada }),
      ]
      for (const index of order) await told[Number(index)]?.()
      expect(await story.told(), order).toEqual([`u1 / ${ada}: newsletter sign-in payment`])
    }
  })

  it('takes a profile id before the other identifiers, also one that is an alias', async () => {
    const story = await startStory()
    const { profileId } = await story.identify('sign-in', 1, 's1', { userId: 'u1' })
    await story.act('payment', 2, { profileId, userId: 'u2' })
    expect(await story.told()).toEqual(['u1 / -: sign-in payment'])
  })

  it('keeps the status that an operator gave', async () => {
    const story = await startStory()
    const { server } = story
    const { profileId } = await story.identify('newsletter', 1, 's1', { email: ada })
    await read(
      await server.asApp(`/api/users/${profileId}`, { ...json({ status: 'active' }), method: 'PATCH' }),
    )
    await story.act('registration', 2, { userId: 'u1', email: ada })
    expect(await story.user(profileId)).toMatchObject({ userId: 'u1', status: 'active' })
  })
})

describe('conflicts', () => {
  it('of one email and two user ids are decided by the earlier claim, not by arrival', async () => {
    for (const late of [true, false]) {
      const story = await startStory()
      const claims = [
        () => story.act('second', 9, { userId: 'u1', email: ada }),
        () => story.act('first', 5, { userId: 'u2', email: ada }),
      ]
      for (const claim of late ? claims : claims.reverse()) await claim()
      await story.act('by-email', 10, { email: ada })
      expect(await story.told()).toEqual(['u1 / -: second', `u2 / ${ada}: first by-email`])
    }
  })

  it('are decided again when an earlier event of a claim arrives late', async () => {
    const story = await startStory()
    await story.act('first', 5, { userId: 'u2', email: ada })
    await story.act('second', 9, { userId: 'u1', email: ada })
    await story.act('by-email', 10, { email: ada })
    expect(await story.told()).toEqual(['u1 / -: second', `u2 / ${ada}: first by-email`])
    await story.act('late', 1, { userId: 'u1', email: ada })
    expect(await story.told()).toEqual([`u1 / ${ada}: late second by-email`, 'u2 / -: first'])
  })

  it('of one session and two people are decided by the earlier claim; what names a person stays theirs', async () => {
    const story = await startStory()
    await story.identify('bob-in', 5, 's1', { userId: 'u1', email: bob })
    await story.view('before', 1, 's1')
    await story.view('after', 9, 's1')
    await story.identify('ada-in', 2, 's1', { userId: 'u2', email: ada })
    expect(await story.told()).toEqual([`u1 / ${bob}: bob-in`, `u2 / ${ada}: before ada-in after`])
  })

  it('of a session’s email and user id are decided for the user id, whenever it was claimed', async () => {
    const story = await startStory()
    await story.act('registration', 1, { userId: 'u2', email: bob })
    await story.identify('newsletter', 2, 's1', { email: bob })
    await story.identify('sign-in', 3, 's1', { userId: 'u1' })
    await story.view('visit', 4, 's1')
    expect(await story.told()).toEqual([`u1 / -: sign-in visit`, `u2 / ${bob}: registration newsletter`])
  })

  it('between a claim that was made outright and one that a session lets conclude are decided for the first', async () => {
    const story = await startStory()
    await story.identify('newsletter', 1, 's1', { email: ada })
    await story.identify('sign-in', 2, 's1', { userId: 'u1' })
    expect(await story.told()).toEqual([`u1 / ${ada}: newsletter sign-in`])
    await story.act('registration', 9, { userId: 'u2', email: ada })
    expect(await story.told()).toEqual(['u1 / -: sign-in', `u2 / ${ada}: newsletter registration`])
  })

  it('at the same time are decided for the smaller identifier', async () => {
    const story = await startStory()
    await story.act('b', 1, { userId: 'u2', email: ada })
    await story.act('a', 1, { userId: 'u1', email: ada })
    expect(await story.told()).toEqual([`u1 / ${ada}: a`, 'u2 / -: b'])
  })
})
