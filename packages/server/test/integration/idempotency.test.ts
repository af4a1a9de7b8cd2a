import { describe, expect, it } from 'vitest'
import { aServerEvent, anEvent, uuid } from '../support/events'
import { expectProblem } from '../support/problems'
import { readAll } from '../support/snapshot'
import { sql } from '../support/sql'
import { answerOf, json, read, startServer } from '../support/start-server'

describe('an event id', () => {
  it('is stored once within one request: the first counts', async () => {
    const server = await startServer()
    const eventId = uuid()
    const events = [anEvent({ eventId, description: 'first' }), anEvent({ eventId, description: 'second' })]
    expect(await answerOf(server.sendAsBrowser('s1', events))).toEqual({
      accepted: 1,
      duplicates: 1,
      rejected: [],
    })
    expect(await readAll(server, '/api/activities')).toMatchObject([{ eventId, description: 'first' }])
  })

  it('is stored once across requests, whatever the case of its letters and whoever sends it', async () => {
    const server = await startServer()
    const event = aServerEvent()
    await answerOf(server.sendAsServer([event]))
    const again = { ...event, eventId: event.eventId.toUpperCase() }
    expect(await answerOf(server.sendAsBrowser('s1', [again]))).toMatchObject({ accepted: 0, duplicates: 1 })
  })

  it('is stored once of many requests at the same time', async () => {
    const server = await startServer()
    const event = anEvent()
    const sent = Array.from({ length: 40 }, () => answerOf(server.sendAsBrowser('s1', [event, anEvent()])))
    const answers = await Promise.all(sent)
    expect(answers.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(41)
    expect(answers.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(39)
    expect(await readAll(server, '/api/activities')).toHaveLength(41)
  })

  it('is noted where it comes again with another content, which is not kept', async () => {
    const server = await startServer()
    const event = aServerEvent({ description: 'first' })
    await answerOf(server.sendAsServer([event]))
    await answerOf(server.sendAsServer([event])) // sent again as it was: nothing to note
    const changed = { ...event, description: 'second' }
    expect(await answerOf(server.sendAsServer([changed]))).toMatchObject({ accepted: 0, duplicates: 1 })
    expect(await readAll(server, '/api/activities')).toMatchObject([{ description: 'first' }])
    await server.server.close()
    const reason = 'the id of a stored event with another content'
    expect(await sql(server.database, 'select reason from suspicious_calls')).toEqual([{ reason }])
  })

  it('is another one in another app', async () => {
    const server = await startServer()
    const other = await server.server.createApp({ name: 'other' })
    const event = anEvent()
    await answerOf(server.sendAsBrowser('s1', [event]))
    const body = { appId: other.appId, sessionId: 's1', events: [event] }
    expect(await read(await server.asApp('/api/events', json(body)))).toMatchObject({ accepted: 1 })
  })
})

describe('a profile request', () => {
  it('makes one event, however often it is sent, with an id and without', async () => {
    const server = await startServer()
    const timestamp = '2026-01-01T00:00:00.000Z'
    const body = { appId: server.appId, sessionId: 's1', timestamp, email: 'ada@example.com' }
    const send = async (more: object) => read(await server.asApp('/api/profile', json({ ...body, ...more })))
    const eventId = uuid()
    const answers = [await send({}), await send({}), await send({ eventId }), await send({ eventId })]
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await readAll(server, '/api/activities')).toHaveLength(2)
  })

  it('is refused where its id is that of an event about somebody else', async () => {
    const server = await startServer()
    const event = anEvent()
    await answerOf(server.sendAsBrowser('s1', [event]))
    const body = { appId: server.appId, sessionId: 's1', eventId: event.eventId, email: 'ada@example.com' }
    await expectProblem(server.asApp('/api/profile', json(body)), 'invalid_profile')
  })
})

describe('text of any kind', () => {
  it('comes back as it was sent from the data of an event, and storable from its description', async () => {
    const server = await startServer()
    const eventData = JSON.parse(
      '{ "__proto__": { "admin": true }, "constructor": 1, "nul": "a\\u0000b", "lone": "\\ud800", "key\\u0000": 1, "☕": "🌅" }',
    ) as Record<string, string>
    await answerOf(server.sendAsBrowser('s1', [anEvent({ eventData, description: 'a\0b \ud800 🌅' })]))
    const [activity] = await readAll<Record<string, unknown>>(server, '/api/activities')
    expect(JSON.stringify(activity?.['eventData'])).toBe(JSON.stringify(eventData))
    expect(activity?.['description']).toBe('a\uFFFDb \uFFFD 🌅')
  })

  it('is kept in traits, __proto__ as a trait like any other', async () => {
    const server = await startServer()
    const body = `{"appId":"${server.appId}","sessionId":"s1","email":"ada@example.com","traits":{"__proto__":{"admin":true},"a\\u0000b":1,"a":2,"v":"x\\u0000y"}}`
    const { profileId } = await read<{ profileId: string }>(
      await server.asApp('/api/profile', { ...json({}), body }),
    )
    const text = await (await server.asApp(`/api/users/${profileId}`)).text()
    expect(text).toContain('"traits":{"__proto__":{"admin":true},"a":2,"a\uFFFDb":1,"v":"x\\u0000y"}')
  })
})
