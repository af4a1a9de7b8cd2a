import type { Activity, IngestAnswer, User } from '@arunika/protocol'
import { expect, it } from 'vitest'
import { aServerEvent, anEvent } from '../support/events'
import { expectProblem } from '../support/problems'
import { readAll, readPeople } from '../support/snapshot'
import { sql } from '../support/sql'
import { answerOf, json, read, startServer, type TestServer } from '../support/start-server'

const ada = { userId: 'ada', email: 'ada@example.com' }
const bob = { userId: 'bob', email: 'bob@example.com' }

/** Ada and Bob, with a session, an email and a trait each. */
async function startWithTwo() {
  const server = await startServer()
  const events = [aServerEvent({ identifier: ada }), aServerEvent({ identifier: bob })]
  await answerOf(server.sendAsServer(events))
  for (const [who, sessionId] of [
    [ada, 's-ada'],
    [bob, 's-bob'],
  ] as const) {
    await answerOf(server.sendAsBrowser(sessionId, [anEvent()]))
    const profile = { appId: server.appId, sessionId, ...who, name: `the name of ${who.userId}` }
    await read(await server.asApp('/api/profile', json(profile)))
  }
  return { server, events }
}

async function idOf(server: TestServer, userId: string): Promise<string> {
  const users = await readAll<User>(server, '/api/users')
  return users.find((user) => user.userId === userId)?.profileId ?? ''
}

const erase = (server: TestServer, profileId: string) =>
  server.asApp(`/api/users/${profileId}`, { method: 'DELETE' })

it('removes a person with their events, identifiers, claims and attributes, and nobody else’s', async () => {
  const { server } = await startWithTwo()
  const profileId = await idOf(server, 'ada')
  const answer = await erase(server, profileId)
  expect([answer.status, await answer.text()]).toEqual([204, ''])

  await expectProblem(server.asApp(`/api/users/${profileId}`), 'not_found')
  await expectProblem(server.asApp(`/api/users/${profileId}/timeline`), 'not_found')
  await expectProblem(erase(server, profileId), 'not_found')
  const { people, activities } = await readPeople(server)
  expect(people).toMatchObject([{ user: { userId: 'bob', name: 'the name of bob' }, eventIds: [{}, {}, {}] }])
  expect(activities).toHaveLength(3)
  await server.server.close()
  for (const table of [
    'events',
    'identifiers',
    'claims',
    'attributes',
    'users',
    'live_log',
    'erased_events',
    'erasures',
  ]) {
    expect(JSON.stringify(await sql(server.database, `select * from ${table}`)), table).not.toMatch(/ada/)
  }
  const [logged] = await sql(server.database, 'select app_id, events from erasures')
  expect(logged).toEqual({ app_id: server.appId, events: 3 })
})

it('has a later event with the same identifier start afresh', async () => {
  const { server } = await startWithTwo()
  const profileId = await idOf(server, 'ada')
  await erase(server, profileId)
  const event = aServerEvent({ identifier: { email: ada.email } })
  await answerOf(server.sendAsServer([event]))
  const users = await readAll<User>(server, '/api/users?search=ada')
  expect(users).toMatchObject([{ userId: null, email: ada.email, name: null }])
  expect(users[0]?.profileId).not.toBe(profileId)
  const timeline = await readAll<Activity>(server, `/api/users/${users[0]?.profileId}/timeline`)
  expect(timeline.map(({ eventId }) => eventId)).toEqual([event.eventId])
  const rejected = await answerOf(server.sendAsServer([aServerEvent({ identifier: { profileId } })]))
  expect(rejected).toMatchObject({ accepted: 0, rejected: [{ code: 'unknown_profile' }] })
})

it('does not store an erased event again, however often it is sent', async () => {
  const { server, events } = await startWithTwo()
  await erase(server, await idOf(server, 'ada'))
  expect(await read<IngestAnswer>(await server.sendAsServer(events))).toMatchObject({
    accepted: 0,
    duplicates: 2,
  })
  expect(await readAll<User>(server, '/api/users')).toMatchObject([{ userId: 'bob' }])
})

it('is over for a person with more events than one transaction erases', async () => {
  const server = await startServer()
  for (let batch = 0; batch < 5; batch++) {
    const events = Array.from({ length: 900 }, () => aServerEvent({ identifier: ada }))
    await answerOf(server.sendAsServer(events))
  }
  expect((await erase(server, await idOf(server, 'ada'))).status).toBe(204)
  expect(await sql(server.database, 'select count(*) as count from events')).toEqual([{ count: 0 }])
  expect(await sql(server.database, 'select events from erasures')).toEqual([{ events: 4_500 }])
})

it('is not for another app', async () => {
  const { server } = await startWithTwo()
  const { apiKey } = await server.server.createApp({ name: 'other' })
  const profileId = await idOf(server, 'ada')
  const headers = { 'x-api-key': apiKey }
  await expectProblem(
    fetch(`${server.url}/api/users/${profileId}`, { method: 'DELETE', headers }),
    'not_found',
  )
  expect(await idOf(server, 'ada')).toBe(profileId)
})
