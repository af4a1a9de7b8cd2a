import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { sqlIdempotency } from './sql-idempotency'
import { sqlIdempotencyTable } from './sql-statements'

const client = { query: () => Promise.resolve({ rows: [] }) }

it.each([
  ['no client', {}, 'client must have `query(text, values)`, as a Pool of pg has'],
  ['a misspelt option', { client, tabel: 'x' }, 'tabel is not an option; the options are client, table,'],
  ['a table that is SQL', { client, table: 'x; DROP TABLE y' }, 'table must be the name of a table'],
  ['no time', { client, ttlSeconds: 0 }, 'ttlSeconds must be a number above 0'],
  ['no lease', { client, leaseSeconds: '5' }, 'leaseSeconds must be a number above 0'],
  ['no clock', { client, now: 5 }, 'now must be a function'],
])('says what to pass instead of %s', (_, options, message) => {
  const create = () => sqlIdempotency(options as never)
  expect(create).toThrow(TypeError)
  expect(create).toThrow(`sqlIdempotency: ${message}`)
})

it('makes a table of the name that it is given, and of no other text', () => {
  expect(sqlIdempotencyTable('app.webhooks')).toContain('CREATE TABLE IF NOT EXISTS app.webhooks (')
  expect(() => sqlIdempotencyTable('a b')).toThrow(TypeError)
})

it('tells of a client that gives no rows', async () => {
  await expect(sqlIdempotency({ client }).claim('a', 'hash')).rejects.toThrow('query gave no row')
})

it('makes the table that docs/receiver.md shows', async () => {
  const guide = await readFile(new URL('../../../docs/receiver.md', import.meta.url), 'utf8')
  expect(guide).toContain(`\`\`\`sql\n${sqlIdempotencyTable()}\n\`\`\``)
})
