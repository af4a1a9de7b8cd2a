import { writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { HEADERS } from '@arunika/protocol'
import { expect, it, onTestFinished } from 'vitest'
import { aServerEvent } from '../support/events'
import { createAppIn, runCli, startProcess } from '../support/server-process'
import { json } from '../support/start-server'
import { tempFolder } from '../support/temp-folder'

it('prints its URL once it takes requests, and the operator token at the first start only', async () => {
  const data = await tempFolder()
  const first = await startProcess(data)
  const token = /op_\w{43}/.exec(first.stdout)?.[0] ?? ''
  const authorization = `Bearer ${token}`
  expect((await fetch(`${first.url}/api/apps`, { headers: { authorization } })).status).toBe(200)
  first.child.kill('SIGTERM')
  await first.ended
  const second = await startProcess(data)
  expect(second.stdout).not.toContain('op_')
  expect((await fetch(`${second.url}/api/apps`, { headers: { authorization } })).status).toBe(200)
})

it('takes the operator token of the environment, and does not print it', async () => {
  const token = 'a-token-that-nobody-guesses'
  const { url, stdout } = await startProcess(await tempFolder(), { ARUNIKA_OPERATOR_TOKEN: token })
  expect(stdout).not.toContain(token)
  const answer = await fetch(`${url}/api/apps`, { headers: { authorization: `Bearer ${token}` } })
  expect(answer.status).toBe(200)
})

it('makes an app while the server runs on the same data', async () => {
  const data = await tempFolder()
  const { url } = await startProcess(data)
  const { appId, apiKey } = await createAppIn(data)
  const headers = { [HEADERS.appId]: appId, [HEADERS.apiKey]: apiKey, 'content-type': 'application/json' }
  const answer = await fetch(`${url}/api/webhooks`, { ...json({ events: [aServerEvent()] }), headers })
  expect(await answer.json()).toMatchObject({ accepted: 1 })
})

it('makes an app for a person to read, signed calls only where asked', async () => {
  const data = await tempFolder()
  const args = ['apps', 'create', '--name', 'shop', '--require-signature', '--data', data]
  const { code, stdout } = await runCli(args).ended
  expect(code).toBe(0)
  const appId = /app_\w+/.exec(stdout)?.[0] ?? ''
  const apiKey = /sk_live_\w+/.exec(stdout)?.[0] ?? ''
  const { url } = await startProcess(data)
  const headers = { [HEADERS.appId]: appId, [HEADERS.apiKey]: apiKey, 'content-type': 'application/json' }
  const answer = await fetch(`${url}/api/webhooks`, { ...json({ events: [] }), headers })
  expect(await answer.json()).toMatchObject({ code: 'signature_required' })
})

it.each([['start'], ['apps', 'create', '--name', 'shop']])(
  'refuses a database that it does not know, rather than to keep data elsewhere: %s',
  async (...args) => {
    const env = { ARUNIKA_DATABASE_URL: 'mysql://127.0.0.1/arunika' }
    const { code, stderr } = await runCli([...args, '--data', await tempFolder()], env).ended
    expect(code).toBe(1)
    expect(stderr).toMatch(/^arunika-server: .*ARUNIKA_DATABASE_URL.* must be a URL like postgres:.*\n$/)
  },
)

it.each([['start'], ['apps', 'create', '--name', 'shop']])(
  'says in one line that no PostgreSQL is there, and not what the password is: %s',
  async (...args) => {
    const url = 'postgres://ada:secret-word@127.0.0.1:1/arunika'
    const { code, stderr } = await runCli([...args, '--database', url]).ended
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /^arunika-server: The database postgres:\/\/127\.0\.0\.1:1\/arunika cannot .*PostgreSQL runs there.*\n$/,
    )
    expect(stderr).not.toContain('secret-word')
  },
)

it('says in one line that the port is taken, and how to take another', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void other.close())
  await once(other, 'listening')
  const port = String((other.address() as AddressInfo).port)
  const data = await tempFolder()
  const { code, stderr, stdout } = await runCli(['start', '--port', port, '--data', data]).ended
  expect(code).toBe(1)
  expect(stderr).toBe(
    `arunika-server: Port ${port} is taken: pass another with --port, or --port 0 for a free one.\n`,
  )
  expect(stdout).toMatch(/^Operator token, shown this once: op_\w{43}\n$/) // a next start does not print it
})

it('says in one line that the database is damaged', async () => {
  const data = await tempFolder()
  await writeFile(join(data, 'arunika.db'), 'this is no database '.repeat(500))
  for (const args of [
    ['start', '--port', '0'],
    ['apps', 'create', '--name', 'x'],
  ]) {
    const { code, stderr } = await runCli([...args, '--data', data]).ended
    expect(code).toBe(1)
    expect(stderr).toMatch(/^arunika-server: The database .*arunika\.db cannot be opened: .+\.recover.+\n$/)
  }
})

it.each([
  [['start', '--colour', 'red'], /unknown option '--colour'/],
  [['start', '--port', '70000'], /whole number from 0 to 65535/],
  [['start', '--port', 'x'], /whole number/],
  [['apps', 'create'], /required option '--name/],
  [['apps', 'create', '--name', ''], /name must be text of 1 to 256 characters/],
  [['stop'], /unknown command 'stop'/],
])('refuses %j and says why', async (args, message) => {
  const data = await tempFolder()
  const { code, stderr, stdout } = await runCli(args, { ARUNIKA_DATA: data }).ended
  expect(code).toBe(1)
  expect(stderr).toMatch(message)
  expect(stderr).not.toContain('    at ')
  expect(stdout).toBe('')
})

it.each([
  [{ ARUNIKA_PORT: 'x' }, /whole number/],
  [{ ARUNIKA_OPERATOR_TOKEN: 'short' }, /operator token must be 16 to 256/],
])('refuses the environment %j', async (env, message) => {
  const { code, stderr } = await runCli(['start', '--data', await tempFolder()], env).ended
  expect(code).toBe(1)
  expect(stderr).toMatch(message)
})

it.each([[['--help']], [['start', '--help']], [['apps', 'create', '--help']]])(
  'explains itself with %j',
  async (args) => {
    const { code, stdout } = await runCli(args).ended
    expect(code).toBe(0)
    expect(stdout).toContain('Usage: arunika-server')
  },
)
