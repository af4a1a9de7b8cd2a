import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startClient } from '../support/client'
import { sendJson, startIngestServer, type Answer } from '../support/ingest-server'

let server: Awaited<ReturnType<typeof startIngestServer>>
beforeEach(async () => {
  server = await startIngestServer()
})
afterEach(() => server.close())

const refuse =
  (status: number, code: string, date = new Date().toUTCString()): Answer =>
  (_, response) =>
    sendJson(response, status, { code, detail: 'as the test wants it' }, { date })

describe('a server that does not take the credentials', () => {
  it.each([
    [401, 'invalid_credentials', /does not take the API key: is it revoked/],
    [403, 'app_suspended', /takes nothing from this app: is it suspended/],
  ])(
    'gets the events once %i %s is mended, and the app hears why they wait',
    async (status, code, message) => {
      server.script.push(refuse(status, code), refuse(status, code))
      const { arunika, told, next } = startClient(server.endpoint, { flushAt: 1 })
      const delivered = next('delivered')
      arunika.logActivity('user-42', 'a')
      await delivered
      expect(told.error).toMatchObject([
        { code: 'credentials_refused', status, message: expect.stringMatching(message) as string },
        { code: 'credentials_refused' },
      ])
      expect(told.error[0]!.message).toContain(code)
      expect(told.rejected).toEqual([])
      expect([...server.commits.values()]).toEqual([1])
    },
  )

  it('is believed about the key, whatever time a proxy before it writes', async () => {
    const date = new Date(Date.now() + 7_200_000).toUTCString()
    server.script.push(refuse(401, 'invalid_credentials', date))
    const { arunika, told, next } = startClient(server.endpoint, { flushAt: 1 })
    const delivered = next('delivered')
    arunika.logActivity('user-42', 'a')
    await delivered
    expect(told.error[0]!.message).toMatch(/does not take the API key/)
    expect(server.requests.at(-1)!.signature).toEqual({ ok: true })
  })

  it('is believed about the time, where this machine’s clock is wrong', async () => {
    const anHour = 3_600_000
    const late = new Date(Date.now() + anHour).toUTCString()
    server.script.push(refuse(401, 'timestamp_out_of_range', late))
    const { arunika, told, next } = startClient(server.endpoint, { flushAt: 1 })
    const delivered = next('delivered')
    arunika.logActivity('user-42', 'a')
    await delivered
    expect(told.error).toHaveLength(1)
    expect(told.error[0]!.message).toMatch(/The clock of this machine is 3[56]\d\d s behind the server's/)
    const signedAt = server.requests.map(({ headers }) => Number(headers['x-webhook-timestamp']) * 1_000)
    expect(signedAt[1]! - signedAt[0]!).toBeGreaterThan(anHour - 10_000)
  })
})
