import { sql } from 'kysely'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { openDatabase, type Db } from './open-database'
import { Writer, type Trx } from './writer'

let db: Db
let writer: Writer
const onCommit = vi.fn()

beforeEach(async () => {
  db = (await openDatabase(':memory:')).writing
  writer = new Writer(db, onCommit)
  onCommit.mockReset()
  return () => db.destroy()
})

const insert = (name: string) => (trx: Trx) =>
  trx.insertInto('operators').values({ token_hash: name, created_at: 1 }).execute()

/** A job of its own that is to write so many rows. */
function writeRows(rows: number, onRun: () => void = () => undefined): Promise<void> {
  const work = (_trx: Trx, items: null[]) => Promise.resolve(items.map(onRun))
  return writer.writeJointly(work, null, rows)
}

async function stored(): Promise<string[]> {
  const rows = await db.selectFrom('operators').select('token_hash').orderBy('token_hash').execute()
  return rows.map((row) => row.token_hash)
}

it('commits what comes at the same time together, and tells each of its own result', async () => {
  const results = await Promise.all([1, 2, 3].map((n) => writer.write(() => Promise.resolve(n))))
  expect(results).toEqual([1, 2, 3])
  expect(onCommit).toHaveBeenCalledTimes(1)
})

it('tells nothing before the commit', async () => {
  const order: string[] = []
  onCommit.mockImplementation(() => order.push('committed'))
  await writer.write(() => Promise.resolve()).then(() => order.push('told'))
  expect(order).toEqual(['committed', 'told'])
})

it('undoes what a failed job has written, and stores the others of its commit', async () => {
  const failure = new Error('bad')
  const bad = async (trx: Trx) => {
    await insert('half')(trx)
    throw failure
  }
  const results = await Promise.allSettled([
    writer.write(insert('a')),
    writer.write(bad),
    writer.write(insert('b')),
  ])
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(results[1]).toMatchObject({ reason: failure })
  expect(await stored()).toEqual(['a', 'b'])
})

describe('where the database gives up the whole transaction', () => {
  const giveUp = async (trx: Trx) => {
    await sql`rollback`.execute(trx)
    throw new Error('disk full')
  }

  it('refuses every job of it as unavailable, and none is stored', async () => {
    const results = await Promise.allSettled([writer.write(insert('a')), writer.write(giveUp)])
    for (const result of results) expect(result).toMatchObject({ reason: { code: 'unavailable' } })
    expect(await stored()).toEqual([])
  })

  it('writes again afterwards', async () => {
    await expect(writer.write(giveUp)).rejects.toMatchObject({ code: 'unavailable' })
    await writer.write(insert('later'))
    expect(await stored()).toEqual(['later'])
  })
})

it('refuses more jobs than may wait, and takes them again later', async () => {
  const waiting = Array.from({ length: 10_000 }, () => writer.write(() => Promise.resolve()))
  await expect(writer.write(insert('late'))).rejects.toMatchObject({
    code: 'unavailable',
    headers: { 'retry-after': '1' },
  })
  await Promise.all(waiting)
  await writer.write(insert('now'))
  expect(await stored()).toEqual(['now'])
})

it('refuses more rows than may wait, and takes them again later', async () => {
  const waiting = Array.from({ length: 100 }, () => writeRows(1_000))
  await expect(writer.write(insert('late'))).rejects.toMatchObject({
    code: 'unavailable',
    headers: { 'retry-after': '1' },
  })
  await Promise.all(waiting)
  await writeRows(1_000)
  await writer.write(insert('now'))
  expect(await stored()).toEqual(['now'])
})

describe('a commit', () => {
  /** How many of these jobs each commit held. */
  async function commitsOf(rows: number[]): Promise<number[]> {
    const commits: number[] = []
    let jobs = 0
    onCommit.mockImplementation(() => {
      commits.push(jobs)
      jobs = 0
    })
    await Promise.all(rows.map((count) => writeRows(count, () => jobs++)))
    return commits
  }

  it('takes 2,000 rows and no more, in the order in which they came', async () => {
    expect(await commitsOf([1_000, 1_000, 1, 1_999, 500])).toEqual([2, 2, 1])
  })

  it('takes half of the jobs that wait, so that the callers of the others are heard meanwhile', async () => {
    expect(await commitsOf(Array<number>(64).fill(1))).toEqual([32, 32])
    expect(await commitsOf(Array<number>(8).fill(1))).toEqual([8])
  })

  it('takes 256 jobs and no more, however small', async () => {
    expect(await commitsOf(Array<number>(600).fill(1))).toEqual([256, 256, 88])
  })

  it('takes a job that is larger by itself', async () => {
    expect(await commitsOf([10, 5_000, 10])).toEqual([1, 1, 1])
  })

  it('lets what else came have its turn before the next one', async () => {
    const order: string[] = []
    onCommit.mockImplementation(() => {
      order.push('commit')
      setImmediate(() => order.push('turn'))
    })
    await Promise.all([1, 2].map(() => writeRows(2_000)))
    expect(order).toEqual(['commit', 'turn', 'commit'])
  })
})

it('is idle when nothing waits', async () => {
  await writer.idle()
  let done = false
  void writer.write(() => Promise.resolve()).then(() => (done = true))
  await writer.idle()
  expect(done).toBe(true)
})
