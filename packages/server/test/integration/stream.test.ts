import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { HEADERS, type Activity, type ErrorCode } from '@arunika/protocol'
import { createServer } from '@arunika/server'
import type { WebSocket as StreamSocket } from '@fastify/websocket'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { LiveSignal } from '../../src/live/live-signal'
import { streamTo } from '../../src/live/stream'
import { openDatabase } from '../../src/store/open-database'
import { aServerEvent, anEvent } from '../support/events'
import { freshDatabase } from '../support/fresh-database'
import { expectProblem } from '../support/problems'
import { createAppIn, startProcess } from '../support/server-process'
import { answerOf, json, read, startServer } from '../support/start-server'
import { isAbout, readStream } from '../support/stream'
import { tempFolder } from '../support/temp-folder'

/** The answer to an upgrade that was refused. */
async function refusalOf(url: string, headers: Record<string, string>): Promise<Response> {
  const socket = new WebSocket(url, { headers })
  socket.on('error', () => undefined)
  const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage]
  const type = String(answer.headers['content-type'])
  return new Response(await text(answer), {
    status: answer.statusCode ?? 0,
    headers: { 'content-type': type },
  })
}

describe('a stream', () => {
  it('is refused before the upgrade with a problem', async () => {
    const { url, apiKey, operatorToken } = await startServer()
    const key = { [HEADERS.apiKey]: apiKey }
    const cases: [string, Record<string, string>, ErrorCode][] = [
      ['/api/stream', {}, 'invalid_credentials'],
      ['/api/stream', { [HEADERS.apiKey]: 'x' }, 'invalid_credentials'],
      ['/api/stream?appId=app_other', key, 'not_found'],
      ['/api/stream?since=x', key, 'invalid_query'],
      ['/api/stream', { authorization: `Bearer ${operatorToken}` }, 'invalid_query'],
      ['/api/none', key, 'not_found'],
    ]
    for (const [path, headers, code] of cases) await expectProblem(refusalOf(url + path, headers), code)
  })

  it('is refused to a client that is no WebSocket', async () => {
    const { asApp, url } = await startServer()
    await expectProblem(asApp('/api/stream'), 'invalid_request')
    await expectProblem(fetch(`${url}/api/stream`), 'invalid_credentials')
  })

  it('tells what happens as it happens, in order', async () => {
    const { url, apiKey, appId, asApp, sendAsBrowser, sendAsServer } = await startServer()
    const reader = await readStream(url, apiKey)
    const [viewed, paid] = [anEvent(), aServerEvent({ identifier: { email: 'ada@example.com' } })]
    await answerOf(sendAsBrowser('s1', [viewed]))
    await answerOf(sendAsServer([paid]))
    await asApp('/api/profile', json({ appId, sessionId: 's1', email: 'ada@example.com', name: 'Ada' }))
    await reader.until(
      (message) => message.event === 'user_activity' && message.data.eventType === 'user_identified',
    )
    expect(reader.messages.map(({ event }) => event)).toEqual([
      'user_activity',
      'user_created',
      'user_activity',
      'user_updated',
      'user_activity',
    ])
    const seqs = reader.messages.map(({ seq }) => seq)
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b))
    expect(reader.messages[3]).toMatchObject({ data: { email: 'ada@example.com', name: 'Ada' } })
  })

  it('tells of a link that comes late, and gives the events with their person when they are read again', async () => {
    const { url, apiKey, appId, asApp, sendAsBrowser } = await startServer()
    const viewed = anEvent()
    await answerOf(sendAsBrowser('s1', [viewed]))
    const answer = await asApp('/api/profile', json({ appId, sessionId: 's1', email: 'ada@example.com' }))
    const { profileId } = (await answer.json()) as { profileId: string }
    const reader = await readStream(url, apiKey, '?since=0')
    const message = await reader.until(isAbout(viewed.eventId))
    expect((message.data as Activity).profileId).toBe(profileId)
    const created = await reader.until(({ event }) => event === 'user_created')
    expect(created.data).toMatchObject({ profileId })
  })

  it('is of one app alone', async () => {
    const { server, url, apiKey, sendAsBrowser } = await startServer()
    const other = await server.createApp({ name: 'other' })
    const reader = await readStream(url, apiKey)
    const otherReader = await readStream(url, other.apiKey)
    const [own, theirs] = [anEvent(), anEvent({ eventType: 'user_identified', eventData: { userId: 'u1' } })]
    await read(
      await fetch(`${url}/api/events`, json({ appId: other.appId, sessionId: 's', events: [theirs] })),
    )
    await answerOf(sendAsBrowser('s1', [own]))
    await Promise.all([reader.until(isAbout(own.eventId)), otherReader.until(isAbout(theirs.eventId))])
    expect(reader.messages).toHaveLength(1)
    expect(otherReader.messages.map(({ event }) => event)).toEqual(['user_created', 'user_activity'])
  })

  it('resumes by since across a restart, with nothing missed and nothing twice', async () => {
    const database = await freshDatabase()
    const events = Array.from({ length: 450 }, () => anEvent())
    const first = await startServer({ database })
    const reader = await readStream(first.url, first.apiKey)
    await answerOf(first.sendAsBrowser('s1', events.slice(0, 200)))
    await reader.until(isAbout(events[199]!.eventId))
    const seen = reader.messages.slice(0, 120)
    await answerOf(first.sendAsBrowser('s1', events.slice(200, 300)))
    await first.server.close()

    const again = await createServer({ database })
    onTestFinished(() => again.close())
    const url = await again.listen({ port: 0 })
    const resumed = await readStream(url, first.apiKey, `?since=${seen.at(-1)?.seq}`)
    const rest = json({ appId: first.appId, sessionId: 's1', events: events.slice(300) })
    await fetch(`${url}/api/events`, rest)
    await resumed.until(isAbout(events[449]!.eventId))
    const told = [...seen, ...resumed.messages].map(({ data }) => (data as Activity).eventId)
    expect(told).toEqual(events.map(({ eventId }) => eventId))
  })

  it('begins anew for a reader whose since comes from data that are gone', async () => {
    const { url, apiKey, sendAsBrowser } = await startServer()
    const [before, after] = [anEvent(), anEvent()]
    await answerOf(sendAsBrowser('s1', [before]))
    const reader = await readStream(url, apiKey, '?since=100000')
    await answerOf(sendAsBrowser('s1', [after]))
    await reader.until(isAbout(after.eventId))
    const told = reader.messages.map(({ data }) => (data as Activity).eventId)
    expect(told).toEqual([before.eventId, after.eventId])
  })

  it('gives a log of many pages to one who reads it', async () => {
    const { url, apiKey, sendAsBrowser } = await startServer()
    const eventData = { fill: 'x'.repeat(900) }
    const events = Array.from({ length: 5_000 }, () => anEvent({ eventData }))
    for (let n = 0; n < events.length; n += 500) await answerOf(sendAsBrowser('s1', events.slice(n, n + 500)))
    const reader = await readStream(url, apiKey, '?since=0')
    await reader.until(isAbout(events.at(-1)!.eventId))
    expect(reader.messages).toHaveLength(5_000)
  })
})

it('says why it ends a reader that says too much, and nothing on the terminal', async () => {
  const data = await tempFolder()
  const { appId, apiKey } = await createAppIn(data)
  const { child, ended, url } = await startProcess(data)
  const { socket } = await readStream(url, apiKey, `?appId=${appId}`)
  socket.on('error', () => undefined)
  const closed = once(socket, 'close')
  socket.send('x'.repeat(5_000))
  expect((await closed)[0]).toBe(1009)
  child.kill('SIGTERM')
  expect(await ended).toMatchObject({ code: 0, stderr: '' })
})

it('cuts a reader that has stopped reading, and holds no more than a page for it', async () => {
  const { database, appId, sendAsBrowser } = await startServer()
  const eventData = { fill: 'x'.repeat(900) }
  for (let n = 0; n < 40; n++) {
    await answerOf(
      sendAsBrowser(
        's1',
        Array.from({ length: 500 }, () => anEvent({ eventData })),
      ),
    )
  }
  const { reading: db, close } = await openDatabase(database)
  onTestFinished(() => close())
  const wss = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => {
    wss.close()
  })
  await once(wss, 'listening')
  const { port } = wss.address() as { port: number }
  const deaf = new WebSocket(`ws://127.0.0.1:${port}`)
  onTestFinished(() => deaf.terminate())
  deaf.on('open', () => deaf.pause())
  const [socket] = (await once(wss, 'connection')) as [StreamSocket]
  let most = 0
  const onError = () => undefined
  streamTo(socket, { db, live: new LiveSignal(), appId, since: 0, onError, heartbeatMs: 300 })
  const watch = setInterval(() => (most = Math.max(most, socket.bufferedAmount)), 20)
  await once(socket, 'close')
  clearInterval(watch)
  expect(most).toBeGreaterThan(0)
  expect(most).toBeLessThan(1_000_000)
})
