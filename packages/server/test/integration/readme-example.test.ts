import { readFileSync } from 'node:fs'
import { createServer } from '@arunika/server'
import { describe, expect, it } from 'vitest'
import { hasPython, logEventInPython } from '../support/python'
import { startServer } from '../support/start-server'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
const rootReadme = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8')

/** What a README's curl line asks, with the credentials in place of its dots. */
function curlLine(readme: string, credentials: { appId: string; apiKey: string }) {
  const [, path = ''] = /^ *curl http:\/\/127\.0\.0\.1:4100(\S+)/m.exec(readme) ?? expect.fail('no curl line')
  const headers = Array.from(readme.matchAll(/-H '(.+?): (.+?)'/g), ([, name = '', value = '']) => [
    name,
    value.replace('app_…', credentials.appId).replace('sk_live_…', credentials.apiKey),
  ])
  const body = /-d '(.+?)'/.exec(readme)?.[1] ?? expect.fail('no body')
  return {
    path,
    init: { method: 'POST', headers: Object.fromEntries(headers) as Record<string, string>, body },
  }
}

it("stores the event of the README's curl line in the server of its example, and reads the person's timeline", async () => {
  const server = await createServer({ database: ':memory:' })
  const { appId, apiKey } = await server.createApp({ name: 'shop' })
  const url = await server.listen({ port: 0 })

  const { path, init } = curlLine(readme, { appId, apiKey })
  const answer = await fetch(url + path, init)
  expect(await answer.json()).toEqual({ accepted: 1, duplicates: 0, rejected: [] })

  const headers = { 'X-API-Key': apiKey }
  const users = await fetch(`${url}/api/users?search=ada`, { headers })
  const { items } = (await users.json()) as { items: { profileId: string }[] }
  const timeline = await fetch(`${url}/api/users/${items[0]?.profileId}/timeline`, { headers })
  expect(await timeline.json()).toMatchObject({
    items: [{ eventType: 'payment_processed', source: 'server' }],
  })
  await server.close()
})

it('stores the event of the curl line of the README of the repository, which first says where its placeholders come from', async () => {
  const server = await createServer({ database: ':memory:' })
  const credentials = await server.createApp({ name: 'shop' })
  const url = await server.listen({ port: 0 })
  const { path, init } = curlLine(rootReadme, credentials)
  const answer = await fetch(url + path, init)
  expect(await answer.json()).toEqual({ accepted: 1, duplicates: 0, rejected: [] })
  await server.close()

  const [before = ''] = rootReadme.split('```ts')
  expect(before).toMatch(/`app_…`.*`sk_live_…`.* apps create --name /s)
})

it("runs the README's example above, word for word", () => {
  const [, example] = /```ts\n(.*?)```/s.exec(readme) ?? expect.fail('no example')
  const here = readFileSync(new URL(import.meta.url), 'utf8')
  const lines = example?.split('\n').filter((line) => line !== '' && line !== '// …') ?? []
  expect(lines).toHaveLength(5)
  for (const line of lines) expect(here).toContain(`${line}\n`)
})

if (hasPython) {
  describe('the example in Python', () => {
    it('stores an event, signed', async () => {
      const { url: endpoint, appId, apiKey } = await startServer({ app: { requireSignature: true } })
      const { code, stdout, stderr } = await logEventInPython({ endpoint, appId, apiKey }, 'ada@example.com')
      expect([code, stderr]).toEqual([0, ''])
      expect(JSON.parse(stdout)).toEqual({ accepted: 1, duplicates: 0, rejected: [] })
    })

    it('says in one line what was wrong, and ends with exit code 1', async () => {
      const { url: endpoint, appId, apiKey, server } = await startServer()
      const target = { endpoint, appId, apiKey }
      const refused = await logEventInPython(target, 'nobody')
      expect([refused.code, refused.stderr]).toEqual([1, ''])
      expect(refused.stdout).toContain('invalid_identifier')

      const calls = [
        [await logEventInPython({ endpoint, appId }, 'ada@example.com'), /ARUNIKA_API_KEY/],
        [
          await logEventInPython({ ...target, apiKey: 'sk_live_x' }, 'a@b.example'),
          /^invalid_credentials: \S/,
        ],
        [
          await logEventInPython({ ...target, endpoint: `${endpoint}/none` }, 'a@b.example'),
          /^not_found: \S/,
        ],
      ] as const
      await server.close()
      const unanswered = await logEventInPython(target, 'ada@example.com')
      for (const [{ code, stdout, stderr }, line] of [
        ...calls,
        [unanswered, /gave no answer: \S/] as const,
      ]) {
        expect([code, stdout]).toEqual([1, ''])
        expect(stderr).toMatch(line)
        expect(stderr).toMatch(/^.+\n$/) // one line
      }
    })
  })
}
