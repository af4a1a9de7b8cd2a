import { expect, it } from 'vitest'
import { anEvent } from '../support/events'
import { expectProblem } from '../support/problems'
import { json, startServer } from '../support/start-server'
import { runCli, startProcess } from '../support/server-process'
import { tempFolder } from '../support/temp-folder'

it('tells each answer how much of the limit is left, and refuses what is above it until the window ends', async () => {
  const server = await startServer({ rateLimit: { perAddress: 3, perApp: 100 } })
  for (const left of ['2', '1', '0']) {
    const { headers } = await server.sendAsBrowser('s1', [anEvent()])
    expect([headers.get('ratelimit-limit'), headers.get('ratelimit-remaining')]).toEqual(['3', left])
    expect(Number(headers.get('ratelimit-reset'))).toBeLessThanOrEqual(10)
  }
  const refused = await fetch(`${server.url}/api/events`, {
    ...json({}),
    headers: { origin: 'https://shop.example' },
  })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  expect(refused.headers.get('access-control-allow-origin')).toBe('https://shop.example')
  await expectProblem(refused, 'rate_limited')
})

it('counts the requests of an app from wherever they come, and those of another app apart', async () => {
  const server = await startServer({ rateLimit: { perAddress: 100, perApp: 2 } })
  const other = await server.server.createApp({ name: 'other' })
  const asOther = () => fetch(`${server.url}/api/users`, { headers: { 'x-api-key': other.apiKey } })
  expect((await server.sendAsBrowser('s1', [anEvent()])).status).toBe(200)
  expect((await server.sendAsServer([])).status).toBe(200)
  await expectProblem(server.sendAsBrowser('s1', [anEvent()]), 'rate_limited')
  await expectProblem(server.sendAsServer([]), 'rate_limited')
  await expectProblem(server.asApp('/api/users'), 'rate_limited')
  expect((await asOther()).status).toBe(200)
})

it('counts by what a proxy says only where it is told to trust one', async () => {
  for (const trustProxy of [true, false]) {
    const server = await startServer({ trustProxy, rateLimit: { perAddress: 1, perApp: 100 } })
    const from = (address: string) =>
      fetch(`${server.url}/healthz`, { headers: { 'x-forwarded-for': address } })
    expect((await from('203.0.113.1')).status).toBe(200)
    expect((await from('203.0.113.2')).status).toBe(trustProxy ? 200 : 429)
    expect((await from('203.0.113.1')).status).toBe(429)
  }
})

it('counts nothing where it is switched off', async () => {
  const server = await startServer({ rateLimit: false })
  expect((await server.sendAsServer([])).headers.has('ratelimit-limit')).toBe(false)
})

it.each([
  ['off', null],
  ['7,9', '7'],
])('is what the environment says: %s', async (limit, told) => {
  const { url } = await startProcess(await tempFolder(), { ARUNIKA_RATE_LIMIT: limit })
  expect((await fetch(`${url}/healthz`)).headers.get('ratelimit-limit')).toBe(told)
})

it('says how a limit is written where it is malformed', async () => {
  const { code, stderr } = await runCli(['start'], { ARUNIKA_RATE_LIMIT: '100' }).ended
  expect(code).toBe(1)
  expect(stderr).toMatch(/off, or two numbers/)
})
