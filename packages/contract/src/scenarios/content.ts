import { gzipSync } from 'node:zlib'
import { LIMITS, ROUTES } from '@arunika/protocol'
import { expect } from 'vitest'
import { expectCounts, expectProblem } from '../expectations'
import { topic } from '../scenario'
import { json, type World } from '../world'

const identifier = { userId: 'user_1' }
const text = (value: string) => new TextEncoder().encode(value)

/** A batch on each of the batch routes. */
async function onBoth(
  world: World,
  body: Uint8Array,
  headers: Record<string, string>,
): Promise<{ page: Awaited<ReturnType<World['request']>>; server: Awaited<ReturnType<World['request']>> }> {
  return {
    page: await world.request(ROUTES.browserEvents, body, { headers }),
    server: await world.request(ROUTES.serverEvents, body, {
      headers: { ...world.asServer().headers, ...headers },
    }),
  }
}

function bodyOf(world: World): Uint8Array {
  return json({ appId: world.app.appId, sessionId: 's_1', events: [world.event('login', { identifier })] })
}

export const content = topic('a body', {
  async 'is taken as application/json, whatever its parameters and its case'(world) {
    for (const type of ['application/json', 'application/json; charset=utf-8', 'Application/JSON']) {
      const { page, server } = await onBoth(world, bodyOf(world), { 'content-type': type })
      expectCounts(page, { accepted: 1 })
      expectCounts(server, { duplicates: 1 })
    }
  },

  async 'is taken as text/plain from a page, and from no server'(world) {
    for (const type of ['text/plain', 'text/plain;charset=UTF-8']) {
      const { page, server } = await onBoth(world, bodyOf(world), { 'content-type': type })
      expectCounts(page, { accepted: 1 })
      expectProblem(server, 415, 'unsupported_media_type')
    }
  },

  async 'of another type is refused'(world) {
    for (const type of ['application/x-www-form-urlencoded', 'application/jsonp', 'text/html', 'json']) {
      const { page, server } = await onBoth(world, bodyOf(world), { 'content-type': type })
      expectProblem(page, 415, 'unsupported_media_type')
      expectProblem(server, 415, 'unsupported_media_type')
    }
  },

  async 'that is not JSON is refused'(world) {
    for (const body of [text('{'), text(''), text('undefined'), new Uint8Array([0x22, 0xff, 0x22])]) {
      const { page, server } = await onBoth(world, body, {})
      expectProblem(page, 400, 'malformed_json')
      expectProblem(server, 400, 'malformed_json')
    }
  },

  async 'that is no object is refused'(world) {
    for (const body of ['null', '[]', '1', '"text"', 'true']) {
      const { page, server } = await onBoth(world, text(body), {})
      expectProblem(page, 400, 'not_an_object')
      expectProblem(server, 400, 'not_an_object')
    }
  },

  async 'may be zipped by a server'(world) {
    const headers = { ...world.asServer().headers, 'content-encoding': 'gzip' }
    const answer = await world.request(ROUTES.serverEvents, gzipSync(bodyOf(world)), { headers })
    expectCounts(answer, { accepted: 1 })
    const bare = gzipSync(json(world.event('login', { identifier })))
    expectCounts(await world.request(ROUTES.serverEvent, bare, { headers }), { accepted: 1 })
  },

  async 'in another encoding, or in none that it names, is refused'(world) {
    const send = (body: Uint8Array, encoding: string) =>
      world.request(ROUTES.serverEvents, body, {
        headers: { ...world.asServer().headers, 'content-encoding': encoding },
      })
    expectProblem(await send(bodyOf(world), 'br'), 415, 'unsupported_encoding')
    expectProblem(await send(bodyOf(world), 'gzip'), 400, 'malformed_json')
    expectProblem(await send(gzipSync(bodyOf(world)).subarray(0, -12), 'gzip'), 400, 'malformed_json')
    expectCounts(await send(bodyOf(world), 'identity'), { accepted: 1 })
  },

  async 'that is too large is refused'(world) {
    const filled = (bytes: number) => {
      const body = new Uint8Array(bytes).fill(0x20)
      body.set(bodyOf(world))
      return body
    }
    const { page, server } = await onBoth(world, filled(LIMITS.maxBodyBytes + 1), {})
    expectProblem(page, 413, 'body_too_large')
    expectProblem(server, 413, 'body_too_large')
    const fits = await onBoth(world, filled(LIMITS.maxBodyBytes), {})
    expectCounts(fits.page, { accepted: 1 })
    expectCounts(fits.server, { duplicates: 1 })
  },

  async 'that grows too large when unzipped is refused'(world) {
    const filled = (bytes: number) => {
      const body = new Uint8Array(bytes).fill(0x20)
      body.set(bodyOf(world))
      return gzipSync(body)
    }
    const headers = { ...world.asServer().headers, 'content-encoding': 'gzip' }
    const send = (bytes: number) => world.request(ROUTES.serverEvents, filled(bytes), { headers })
    expectCounts(await send(LIMITS.maxUnzippedBodyBytes), { accepted: 1 })
    expectProblem(await send(LIMITS.maxUnzippedBodyBytes + 1), 413, 'body_too_large')
  },

  async 'with too many events is refused'(world) {
    const events = Array.from({ length: LIMITS.maxBatchEvents + 1 }, () => null)
    expectProblem(await world.fromPage('s_1', events), 413, 'too_many_events')
    expectProblem(await world.fromServer(events), 413, 'too_many_events')
  },

  async 'goes by POST: another method is told which is taken'(world) {
    for (const route of Object.values(ROUTES)) {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const answer = await world.request(route, undefined, { method })
        expectProblem(answer, 405, 'method_not_allowed')
        expect(answer.headers['allow']).toMatch(/^POST\b/)
      }
    }
  },
})
