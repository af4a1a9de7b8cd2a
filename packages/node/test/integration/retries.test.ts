import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startClient } from '../support/client'
import { APP_ID } from '../support/credentials'
import { sendJson, startIngestServer, type Answer } from '../support/ingest-server'

let server: Awaited<ReturnType<typeof startIngestServer>>
beforeEach(async () => {
  server = await startIngestServer()
})
afterEach(() => server.close())

const problem = (status: number, code: string, headers = {}): Answer => {
  return (_, response) =>
    sendJson(response, status, { status, code, detail: 'as the test wants it' }, headers)
}

describe('a request', () => {
  it('is signed, names its app, has a length and holds the events in their order', async () => {
    const { arunika } = startClient(`${server.endpoint}/`)
    for (const type of ['a', 'b', 'c']) arunika.logActivity('user-42', type)
    await arunika.flush()
    expect(server.requests).toHaveLength(1)
    const { method, url, headers, body, events, signature } = server.requests[0]!
    expect([method, url]).toEqual(['POST', '/api/webhooks'])
    expect(signature).toEqual({ ok: true })
    expect(headers).toMatchObject({
      'x-app-id': APP_ID,
      'content-type': 'application/json',
      'content-length': String(body.length),
    })
    expect(events.map(({ eventType }) => eventType)).toEqual(['a', 'b', 'c'])
  })
})

describe('a server that fails', () => {
  it('with 503 gets the same events again, signed anew, until it takes them', async () => {
    server.script.push(problem(503, 'unavailable'), problem(500, 'internal_error'))
    const { arunika, told, next } = startClient(server.endpoint, { flushAt: 2 })
    const delivered = next('delivered')
    arunika.logActivity('user-42', 'a')
    arunika.logActivity('user-42', 'b')
    await delivered
    expect(told.error).toMatchObject([
      { name: 'DeliveryError', code: 'server_failed', status: 503 },
      { name: 'DeliveryError', code: 'server_failed', status: 500 },
    ])
    const [first, second, third] = server.requests
    expect(second!.events).toEqual(first!.events)
    expect(third!.events).toEqual(first!.events)
    expect(server.requests.map(({ signature }) => signature.ok)).toEqual([true, true, true])
    expect(told.delivered).toHaveLength(1)
  })

  it('makes a flush reject, and the next flush deliver', async () => {
    server.script.push(problem(503, 'unavailable'))
    const { arunika, deliveredTypes } = startClient(server.endpoint)
    arunika.logActivity('user-42', 'a')
    await expect(arunika.flush()).rejects.toMatchObject({ code: 'server_failed', status: 503 })
    expect(deliveredTypes()).toEqual([])
    await arunika.flush()
    expect(deliveredTypes()).toEqual(['a'])
  })

  it('after it has committed gets the same event ids again, and each event is told of once', async () => {
    server.script.push((request, response) => {
      server.commit(request)
      response.socket!.destroy()
    })
    const { arunika, told, next } = startClient(server.endpoint, { flushAt: 2 })
    const delivered = next('delivered')
    arunika.logActivity('user-42', 'a')
    arunika.logActivity('user-42', 'b')
    await delivered
    expect(told.error).toMatchObject([{ code: 'network_failed', status: null }])
    expect([...server.commits.values()]).toEqual([2, 2])
    expect(told.delivered.flatMap(({ events }) => events.map(({ eventId }) => eventId))).toEqual([
      ...server.commits.keys(),
    ])
  })

  it('with 429 is left alone for as long as Retry-After says, by flushes too', async () => {
    server.script.push(problem(429, 'rate_limited', { 'retry-after': '1' }))
    const { arunika, next } = startClient(server.endpoint, { flushAt: 1 })
    const delivered = next('delivered')
    arunika.logActivity('user-42', 'a')
    await expect(arunika.flush()).rejects.toMatchObject({ code: 'server_failed', status: 429 })
    await expect(arunika.flush()).rejects.toMatchObject({ code: 'retry_later' })
    expect(server.requests).toHaveLength(1)
    await delivered
    const [first, second] = server.requests
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(990)
  })

  it.each<[string, Answer]>([
    [
      'a page',
      (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Log in</h1>'),
    ],
    ['half a JSON', (_, response) => void response.writeHead(200).end('{"accepted":1,"dup')],
    ['nothing', (_, response) => void response.writeHead(200).end()],
    [
      'the wrong numbers',
      (_, response) => sendJson(response, 200, { accepted: 7, duplicates: 0, rejected: [] }),
    ],
    ['a redirect', (_, response) => void response.writeHead(302, { location: '/elsewhere' }).end()],
    ['no HTTP', (_, response) => void response.socket!.end('what?\r\n\r\n')],
  ])('by answering %s loses nothing', async (_, answer) => {
    server.script.push(answer)
    const { arunika, told, deliveredTypes } = startClient(server.endpoint)
    arunika.logActivity('user-42', 'a')
    await expect(arunika.flush()).rejects.toMatchObject({ name: 'DeliveryError' })
    expect(told.error).toHaveLength(1)
    await arunika.flush()
    expect(deliveredTypes()).toEqual(['a'])
    expect(server.requests.map(({ url }) => url)).toEqual(['/api/webhooks', '/api/webhooks'])
  })

  it('by not answering is tried again after requestTimeoutMs', async () => {
    server.script.push(() => undefined)
    const { arunika, told, next } = startClient(server.endpoint, { requestTimeoutMs: 200, flushAt: 1 })
    const delivered = next('delivered')
    arunika.logActivity('user-42', 'a')
    await delivered
    expect(told.error[0]).toMatchObject({ code: 'network_failed' })
    expect(server.requests[1]!.events).toEqual(server.requests[0]!.events)
  })
})

describe('a server that refuses', () => {
  it('a request as too large gets it in halves', async () => {
    const limit: Answer = (request, response) => {
      if (request.events.length > 2) problem(413, 'too_many_events')(request, response)
      else sendJson(response, 200, { accepted: request.events.length, duplicates: 0, rejected: [] })
    }
    server.script.push(...Array.from({ length: 20 }, () => limit))
    const { arunika, told, deliveredTypes } = startClient(server.endpoint)
    for (const type of ['a', 'b', 'c', 'd', 'e']) arunika.logActivity('user-42', type)
    await arunika.flush()
    expect(deliveredTypes()).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(told.rejected).toEqual([])
    expect(server.requests[0]!.events).toHaveLength(5)
  })

  it('one event as too large gets it no more', async () => {
    server.script.push(problem(413, 'body_too_large'))
    const { arunika, told } = startClient(server.endpoint)
    arunika.logActivity('user-42', 'a')
    await arunika.flush()
    expect(told.rejected).toMatchObject([{ event: { eventType: 'a' }, code: 'body_too_large' }])
    expect(server.requests).toHaveLength(1)
  })

  it('some events of a batch has the others', async () => {
    server.script.push(({ events }, response) => {
      const rejected = [
        { index: 1, eventId: events[1]!.eventId, code: 'unknown_profile', detail: 'no such profile' },
      ]
      sendJson(response, 200, { accepted: 2, duplicates: 0, rejected })
    })
    const { arunika, told, deliveredTypes } = startClient(server.endpoint)
    arunika.logActivity('user-42', 'a')
    arunika.logActivity({ profileId: 'nobody' }, 'b')
    arunika.logActivity('user-42', 'c')
    await arunika.flush()
    expect(deliveredTypes()).toEqual(['a', 'c'])
    expect(told.rejected).toMatchObject([
      { event: { eventType: 'b' }, code: 'unknown_profile', detail: 'no such profile' },
    ])
  })
})
