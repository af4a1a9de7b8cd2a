import { existsSync } from 'node:fs'
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

it('tells a person which key is new, which are still valid, and how to revoke them', async () => {
  const data = await tempFolder()
  const { appId, apiKey } = await createAppIn(data)
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await runCli(['apps', ...args, '--data', data]).ended
    expect([code, stderr]).toEqual([0, ''])
    return stdout
  }
  const rotated = await run('rotate-key', appId)
  const [, newId = '', newKey = '', oldId = ''] =
    /^Key id: {3}(key_\S+)\nAPI key: {2}(sk_live_\w{43}) {3}\(keep it now: .*\)\n\nStill valid .*\n {2}arunika-server apps revoke-key app_\w+ (key_\S+)\n$/.exec(
      rotated,
    ) ?? []
  expect(newKey).not.toBe(apiKey)
  expect(await run('revoke-key', appId, oldId)).toBe(`${oldId} is revoked.\nStill valid: ${newId}\n`)

  const listed = await run('list')
  expect(listed).toMatch(
    new RegExp(
      `^${appId} {2}active {2}shop\n {2}${newId} {2}valid since 2.*\n {2}${oldId} {2}revoked 2.*\n$`,
    ),
  )
  for (const key of [apiKey, newKey]) expect(listed).not.toContain(key.slice(8))

  expect(await run('revoke-key', appId, newId)).toContain(`apps rotate-key ${appId} makes one`)
})

it('makes an operator token before the first start, which then makes none', async () => {
  const data = await tempFolder()
  const { code, stdout } = await runCli(['operators', 'create', '--data', data]).ended
  expect(code).toBe(0)
  expect(stdout).toMatch(/^Operator token: {2}op_\w{43} {3}\(keep it now: .*\)\n$/)
  const server = await startProcess(data)
  expect(server.stdout).not.toContain('op_')
  const authorization = `Bearer ${/op_\w{43}/.exec(stdout)?.[0]}`
  expect((await fetch(`${server.url}/api/apps`, { headers: { authorization } })).status).toBe(200)
})

it('says in one line which app or key is not there, and makes no database to look into', async () => {
  const data = await tempFolder()
  const { appId } = await createAppIn(data)
  const secret = `sk_live_${'x'.repeat(43)}`
  const noKey = 'key_00000000-0000-7000-8000-000000000000'
  const nowhere = join(data, 'nowhere')
  const cases: [string[], RegExp][] = [
    [['rotate-key', 'app_none', '--data', data], /^arunika-server: There is no app app_none here\. .*\n$/],
    [
      ['revoke-key', 'app_none', noKey, '--data', data],
      /^arunika-server: There is no app app_none here\. .*\n$/,
    ],
    [['revoke-key', appId, noKey, '--data', data], /^arunika-server: The app app_\w+ has no key key_0.*\n$/],
    [['rotate-key', secret, '--data', data], /^arunika-server: APP_ID must be an app id.*\n$/],
    [['revoke-key', appId, secret, '--data', data], /^arunika-server: KEY_ID must be a key id.*\n$/],
    [['list', '--data', nowhere], /^arunika-server: There is no database .*nowhere.*--data.*\n$/],
  ]
  for (const [args, message] of cases) {
    const { code, stderr, stdout } = await runCli(['apps', ...args]).ended
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(message)
    expect(stderr).not.toContain(secret) // a key that was given in the place of an id
  }
  expect(existsSync(nowhere)).toBe(false)
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
  [['strat'], /unknown command 'strat'\n\(Did you mean start\?\)/],
  [['apps', 'rotate-keys'], /unknown command 'rotate-keys'\n\(Did you mean rotate-key\?\)/],
  [['operator', 'create'], /unknown command 'operator'\n\(Did you mean operators\?\)/],
  [['apps', 'list', '--jsno'], /unknown option '--jsno'\n\(Did you mean --json\?\)/],
  [['apps', 'rotate-key'], /missing required argument 'app_id'/],
  [['apps', 'list', 'shop'], /too many arguments/],
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

it.each([
  [['--help'], /start [^]*apps [^]*operators [^]*Exit codes: 0 .*, 1 /],
  [['start', '--help'], /Examples:\n {2}\$ arunika-server start\n/],
  [['apps', '--help'], /create [^]*list [^]*rotate-key [^]*revoke-key /],
  [['apps', 'create', '--help'], /\$ arunika-server apps create --name/],
  [['apps', 'rotate-key', '--help'], /\$ arunika-server apps rotate-key app_[^]*Exit codes: 0 /],
  [['apps', 'revoke-key', '--help'], /\$ arunika-server apps revoke-key app_… key_…/],
  [['operators', 'create', '--help'], /\$ arunika-server operators create/],
])('explains itself with %j', async (args, text) => {
  const { code, stdout } = await runCli(args).ended
  expect(code).toBe(0)
  expect(stdout).toContain('Usage: arunika-server')
  expect(stdout).toMatch(text)
})
