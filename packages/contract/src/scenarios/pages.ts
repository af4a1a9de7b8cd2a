import { ROUTES } from '@arunika/protocol'
import { expect } from 'vitest'
import { expectCounts, expectProblem } from '../expectations'
import { topic } from '../scenario'

const origin = 'https://shop.example'

export const pages = topic('a page of another origin', {
  async 'may read the answer, refusals included'(world) {
    const taken = await world.fromPage('s_1', [world.event('page_view')], {}, { headers: { origin } })
    expectCounts(taken, { accepted: 1 })
    expect(taken.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'Retry-After',
      vary: 'Origin',
    })
    const refused = await world.request(ROUTES.profile, {}, { headers: { origin } })
    expectProblem(refused, 400, 'invalid_profile')
    expect(refused.headers).toMatchObject({ 'access-control-allow-origin': origin })
  },

  async 'gets its preflight answered'(world) {
    for (const route of [ROUTES.browserEvents, ROUTES.profile]) {
      const answer = await world.request(route, undefined, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      })
      expect(answer).toMatchObject({
        status: 204,
        headers: {
          'access-control-allow-origin': origin,
          'access-control-allow-methods': 'POST',
          'access-control-allow-headers': 'content-type',
        },
      })
    }
  },

  async 'is refused where the app names its origins and this is none of them'(world) {
    const { appId } = await world.createApp({ allowedOrigins: [origin] })
    const from = (value: string) =>
      world.fromPage('s_1', [world.event('page_view')], { appId }, { headers: { origin: value } })
    expectProblem(await from('https://evil.example'), 403, 'origin_not_allowed')
    expectProblem(await from('null'), 403, 'origin_not_allowed')
    expectCounts(await from(origin), { accepted: 1 })
    expectCounts(await world.fromPage('s_1', [world.event('page_view')], { appId }), { accepted: 1 })
  },
})
