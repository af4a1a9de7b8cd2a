import { HEADERS, ROUTES } from '@arunika/protocol'
import { expect } from 'vitest'
import { gzipSync } from 'node:zlib'
import { expectCounts, expectProblem } from '../expectations'
import { topic } from '../scenario'
import { json, type World } from '../world'

const { appId, apiKey, timestamp, signature } = HEADERS
const OTHER_KEY = `sk_live_${'a'.repeat(43)}`

function batch(world: World): Uint8Array {
  return json({ events: [world.event('login', { identifier: { userId: 'user_1' } })] })
}

/** What a call with these headers is answered, on both routes of servers. */
async function expectRefusal(world: World, headers: Record<string, string>, code: string): Promise<void> {
  expectProblem(await world.request(ROUTES.serverEvents, batch(world), { headers }), 401, code)
  expectProblem(await world.request(ROUTES.serverEvent, batch(world), { headers }), 401, code)
}

export const authentication = topic('a server’s call', {
  async 'with a key and no signature is let in'(world) {
    expectCounts(await world.request(ROUTES.serverEvents, batch(world), world.asServer()), { accepted: 1 })
  },

  async 'that is signed is let in'(world) {
    const body = batch(world)
    const answer = await world.request(ROUTES.serverEvents, body, await world.asSigner(body))
    expectCounts(answer, { accepted: 1 })
  },

  async 'is signed over the bytes as sent: after compression'(world) {
    const plain = batch(world)
    const body = gzipSync(plain)
    const encoding = { 'content-encoding': 'gzip' }
    const signed = await world.asSigner(body)
    const answer = await world.request(ROUTES.serverEvents, body, {
      headers: { ...signed.headers, ...encoding },
    })
    expectCounts(answer, { accepted: 1 })

    const signedPlain = await world.asSigner(plain)
    const refused = { headers: { ...signedPlain.headers, ...encoding } }
    expectProblem(await world.request(ROUTES.serverEvents, body, refused), 401, 'invalid_signature')
  },

  async 'without a key, or with one of another form, is refused'(world) {
    const { appId: id } = world.app
    await expectRefusal(world, {}, 'invalid_credentials')
    await expectRefusal(world, { [appId]: id }, 'invalid_credentials')
    await expectRefusal(world, { [appId]: id, [apiKey]: 'sk_live_short' }, 'invalid_credentials')
    await expectRefusal(world, { [appId]: id, [apiKey]: '' }, 'invalid_credentials')
  },

  async 'with a key that is not registered is refused'(world) {
    await expectRefusal(world, { [appId]: world.app.appId, [apiKey]: OTHER_KEY }, 'invalid_credentials')
  },

  async 'with a key that is revoked is refused'(world) {
    const app = await world.createApp()
    await world.revokeKey(app.apiKey)
    await expectRefusal(world, world.asServer(app).headers, 'invalid_credentials')
  },

  async 'with the app id of another app, or none, is refused'(world) {
    const other = await world.createApp()
    await expectRefusal(world, { [appId]: other.appId, [apiKey]: world.app.apiKey }, 'invalid_credentials')
    await expectRefusal(world, { [apiKey]: world.app.apiKey }, 'invalid_credentials')
  },

  async 'without a signature is refused where the app requires one'(world) {
    const app = await world.createApp({ requireSignature: true })
    await expectRefusal(world, world.asServer(app).headers, 'signature_required')
    const body = batch(world)
    expectCounts(await world.request(ROUTES.serverEvents, body, await world.asSigner(body, app)), {
      accepted: 1,
    })
  },

  async 'with half of a signature is refused'(world) {
    const body = batch(world)
    const signed = (await world.asSigner(body)).headers
    const without = (name: string) => Object.entries(signed).filter(([header]) => header !== name)
    const send = (headers: [string, string][]) =>
      world.request(ROUTES.serverEvents, body, { headers: Object.fromEntries(headers) })
    expectProblem(await send(without(timestamp)), 401, 'timestamp_out_of_range')
    expectProblem(await send(without(signature)), 401, 'invalid_signature')
  },

  async 'is taken within 300 s either way and refused beyond'(world) {
    for (const [offset, isTimely] of [
      [-300, true],
      [300, true],
      [-301, false],
      [301, false],
    ] as const) {
      const body = batch(world)
      const answer = await world.request(
        ROUTES.serverEvents,
        body,
        await world.asSigner(body, world.app, offset),
      )
      if (isTimely) expectCounts(answer, { accepted: 1 })
      else expectProblem(answer, 401, 'timestamp_out_of_range')
    }
  },

  async 'with a timestamp that is no whole number is refused'(world) {
    const body = batch(world)
    const { headers } = await world.asSigner(body)
    for (const value of ['now', '1e9', '-1', '1769851800.5', '']) {
      const answer = await world.request(ROUTES.serverEvents, body, {
        headers: { ...headers, [timestamp]: value },
      })
      expectProblem(answer, 401, 'timestamp_out_of_range')
    }
  },

  async 'with a signature of other bytes, of another key or of another form is refused'(world) {
    const body = batch(world)
    const { headers } = await world.asSigner(body)
    const right = headers[signature] ?? ''
    const ofOther = (await world.asSigner(body, { ...world.app, apiKey: OTHER_KEY })).headers[signature] ?? ''
    const ofMore = (await world.asSigner(new Uint8Array([...body, 0x20]))).headers[signature] ?? ''
    for (const wrong of [
      ofOther,
      ofMore,
      right.toUpperCase(),
      right.slice('sha256='.length),
      right.slice(0, -2),
    ]) {
      const answer = await world.request(ROUTES.serverEvents, body, {
        headers: { ...headers, [signature]: wrong },
      })
      expectProblem(answer, 401, 'invalid_signature')
    }
  },

  async 'is checked in the order of the contract'(world) {
    const app = await world.createApp({ requireSignature: true })
    const stale = { [timestamp]: '1', [signature]: 'sha256=' }
    const garbage = new TextEncoder().encode('{')
    const send = (headers: Record<string, string>) => world.request(ROUTES.serverEvents, garbage, { headers })

    const ofNobody = { [appId]: world.app.appId, [apiKey]: app.apiKey, ...stale }
    expectProblem(await send(ofNobody), 401, 'invalid_credentials')
    expectProblem(await send({ ...world.asServer(app).headers, ...stale }), 401, 'timestamp_out_of_range')
    const unsigned = { ...(await world.asSigner(garbage, app)).headers, [signature]: 'sha256=' }
    expectProblem(await send(unsigned), 401, 'invalid_signature')
    expectProblem(await send((await world.asSigner(garbage, app)).headers), 400, 'malformed_json')
  },

  async 'that is refused leaves nothing behind'(world) {
    const body = batch(world)
    const headers = { ...(await world.asSigner(body)).headers, [signature]: `sha256=${'0'.repeat(64)}` }
    await world.request(ROUTES.serverEvents, body, { headers })
    expect(await world.users()).toEqual([])
  },
})
