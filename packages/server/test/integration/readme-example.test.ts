import { readFileSync } from 'node:fs'
import { createServer } from '@arunika/server'
import { expect, it } from 'vitest'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

/** What the README's curl line asks, with the credentials in place of its dots. */
function curlLine(credentials: { appId: string; apiKey: string }) {
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

  const { path, init } = curlLine({ appId, apiKey })
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

it("runs the README's example above, word for word", () => {
  const [, example] = /```ts\n(.*?)```/s.exec(readme) ?? expect.fail('no example')
  const here = readFileSync(new URL(import.meta.url), 'utf8')
  const lines = example?.split('\n').filter((line) => line !== '' && line !== '// …') ?? []
  expect(lines).toHaveLength(5)
  for (const line of lines) expect(here).toContain(`${line}\n`)
})
