import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase, type Db } from '../store/open-database'
import { contains } from './search'

const NAMES = ['100% Kopi', '100 Kopi', 'a_b', 'aXb', 'back\\slash', "O'Brien", '"quoted"', 'ÉCLAIR']
let db: Db
beforeAll(async () => {
  db = (await openDatabase(':memory:')).reading
  const rows = NAMES.map((name) => ({ token_hash: name, created_at: 1 }))
  await db.insertInto('operators').values(rows).execute()
})
afterAll(() => db.destroy())

it.each([
  ['100%', ['100% Kopi']],
  ['kOPI', ['100 Kopi', '100% Kopi']],
  ['a_b', ['a_b']],
  ['\\', ['back\\slash']],
  ["'", ["O'Brien"]],
  ['"', ['"quoted"']],
  ['Éclair', ['ÉCLAIR']],
  ["' or 1=1 --", []],
])('finds by %j what holds it', async (text, found) => {
  const rows = await db
    .selectFrom('operators')
    .select('token_hash')
    .where((eb) => contains(eb.ref('token_hash'), text))
    .orderBy('token_hash')
    .execute()
  expect(rows.map((row) => row.token_hash)).toEqual(found)
})
