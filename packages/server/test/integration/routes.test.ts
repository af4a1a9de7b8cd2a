import { METHODS } from 'node:http'
import { openapi } from '@arunika/protocol/openapi'
import { describe, expect, it } from 'vitest'
import { connectTo } from '../support/connection'
import { expectProblem } from '../support/problems'
import { sql } from '../support/sql'
import { startServer } from '../support/start-server'

describe('operations', () => {
  it('are told whether the process lives and whether it can store', async () => {
    const { url } = await startServer()
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' })
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready' })
    const head = await fetch(`${url}/healthz`, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  it('are given the OpenAPI document', async () => {
    const { url } = await startServer()
    const answer = await fetch(`${url}/openapi.json`)
    expect(answer.headers.get('content-type')).toContain('application/json')
    expect(await answer.json()).toEqual(JSON.parse(JSON.stringify(openapi)))
  })
})

const documented = Object.entries(openapi.paths).flatMap(([path, operations]) =>
  Object.keys(operations)
    .filter((method) => ['get', 'post', 'patch', 'delete', 'put'].includes(method))
    .map((method) => [method.toUpperCase(), path] as const),
)

it.each(documented)('has the route %s %s that the document names', async (method, path) => {
  const { url } = await startServer()
  const answer = await fetch(url + path.replace(/\{\w+\}/g, 'x'), { method })
  expect([404, 405]).not.toContain(answer.status)
  await answer.text()
})

it.each([
  ['GET', '/api/events', 'POST, OPTIONS'],
  ['PUT', '/api/webhooks', 'POST'],
  ['DELETE', '/api/apps', 'GET, HEAD, POST'],
  ['POST', '/api/users/prf_x/timeline', 'GET, HEAD'],
  ['PUT', '/api/users/prf_x', 'GET, HEAD, PATCH, DELETE'],
  ['GET', '/api/apps/app_x', 'PATCH'],
  ['PUT', '/api/apps/app_x/keys', 'GET, HEAD, POST'],
  ['GET', '/api/apps/app_x/keys/key_x', 'DELETE'],
  ['POST', '/healthz', 'GET, HEAD'],
])('answers %s %s with 405 and what is allowed', async (method, path, allow) => {
  const { url } = await startServer()
  const body = method === 'GET' ? {} : { body: 'x', headers: { 'content-type': 'text/html' } }
  const answer = await fetch(url + path, { method, ...body })
  expect(answer.headers.get('allow')).toBe(allow)
  await expectProblem(answer, 'method_not_allowed')
})

it('answers every other method that there is with 405, with and without a body, and with 404 where nothing is', async () => {
  const { url } = await startServer()
  const body = 'content-type: application/json\r\ncontent-length: 2\r\n\r\n{}'
  for (const method of METHODS.filter((method) => !['GET', 'HEAD', 'POST', 'CONNECT'].includes(method))) {
    const connection = await connectTo(url)
    for (const rest of ['\r\n', body]) {
      connection.write(`${method} /api/apps HTTP/1.1\r\nhost: x\r\n${rest}`)
      const answer = await connection.answer()
      expect([method, answer.headers.get('allow')]).toEqual([method, 'GET, HEAD, POST'])
      await expectProblem(answer, 'method_not_allowed')
    }
    connection.write(`${method} /api/none HTTP/1.1\r\nhost: x\r\n\r\n`)
    await expectProblem(connection.answer(), 'not_found')
  }
})

it('refuses to be a proxy with a problem too', async () => {
  const { url } = await startServer()
  const connection = await connectTo(url)
  connection.write('CONNECT example.com:443 HTTP/1.1\r\nhost: example.com:443\r\n\r\n')
  await expectProblem(connection.answer(), 'not_found')
})

it('answers what is not there with 404, whatever the method and the body', async () => {
  const { url } = await startServer()
  await expectProblem(fetch(`${url}/`), 'not_found')
  await expectProblem(fetch(`${url}/api/none`, { method: 'POST', body: '{}' }), 'not_found')
  await expectProblem(fetch(`${url}/api/none`, { method: 'DELETE' }), 'not_found')
  await expectProblem(fetch(`${url}/api/users/%zz`), 'invalid_request')
})

it('answers a failure of its own with 500, and says nothing of the inside', async () => {
  const { database, asApp, server } = await startServer()
  await sql(database, 'alter table users rename to gone')
  const document = await expectProblem(asApp('/api/users'), 'internal_error')
  expect(JSON.stringify(document)).not.toMatch(/users|sql|select/i)
  await server.close()
})

it('answers 503 with Retry-After while the database cannot be written, and stores nothing', async () => {
  const { default: Database } = await import('libsql')
  const { database, url, sendAsServer, asApp } = await startServer()
  const other = new Database(database)
  other.exec('begin immediate')
  const waiting = [fetch(`${url}/readyz`), sendAsServer([])]
  for (const answer of await Promise.all(waiting)) {
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
    await expectProblem(answer, 'unavailable')
  }
  other.exec('rollback')
  other.close()
  expect((await asApp('/readyz')).status).toBe(200)
})
