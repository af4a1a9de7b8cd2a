import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PROBLEM_CONTENT_TYPE } from '@arunika/protocol'
import { expect, it, onTestFinished } from 'vitest'
import { startLoad, type Load } from '../../support/load'
import { restartableServer, type RestartableServer } from '../../support/restartable-server'
import { expectSound, missingOf, storedIds } from '../../support/stored'
import { tempFolder } from '../../support/temp-folder'

/** Above what an empty database takes, and soon reached. */
const ROOM_BYTES = 2 * 1024 * 1024

const FILE_SYSTEM_BYTES = 64 * 1024 * 1024

it('is unavailable while its files cannot grow, has lost nothing, and goes on once they can', async () => {
  const database = join(await tempFolder(), 'arunika.db')
  // The soft limit alone, which its user may lift again. Node ignores SIGXFSZ, so that a write fails as on a full disk.
  const limit = `ulimit -S -f ${ROOM_BYTES / 512}; exec "$0" "$@"`
  const server = await restartableServer(database, { launcher: ['sh', '-c', limit] })
  await fillsAndGoesOn(server, database, () => {
    run('prlimit', '--pid', String(server.process().child.pid), '--fsize=unlimited:')
  })
})

// Only root may make a small file system. There the code is that of a full disk, above it is that of a failed write.
if (canMount()) {
  it('is unavailable while its file system is full, has lost nothing, and goes on once there is room', async () => {
    const folder = smallFileSystem()
    const ballast = join(folder, 'ballast')
    writeFileSync(ballast, Buffer.alloc(FILE_SYSTEM_BYTES - ROOM_BYTES))
    const database = join(folder, 'arunika.db')
    const server = await restartableServer(database)
    await fillsAndGoesOn(server, database, () => rmSync(ballast))
  })
}

async function fillsAndGoesOn(
  server: RestartableServer,
  database: string,
  makeRoom: () => void,
): Promise<void> {
  await server.start()
  const target = await server.createApp()
  const load = startLoad(target)

  await load.until(() => load.refusals.length >= 100)
  expect(load.acknowledged.size).toBeGreaterThan(0)
  expect(await missingOf(database, load)).toEqual([])
  expect((await fetch(`${target.url}/healthz`)).status).toBe(200)
  // What it has, it still gives.
  const { status } = await fetch(`${target.url}/api/activities?limit=10`, { headers: target.headers })
  expect(status).toBe(200)

  makeRoom()
  const { size } = load.acknowledged
  await load.until(() => load.acknowledged.size >= size + 1_000)
  await load.stop()
  expectUnavailable(load)
  expect(load.wrong).toEqual([])
  expect(load.lost()).toBe(0)

  const { code, stderr } = await server.stop()
  expect(code).toBe(0)
  expect(stderr).toMatch(/SQLITE_(FULL|IOERR)/)
  expect(await missingOf(database, load)).toEqual([])
  expect((await storedIds(database)).filter((id) => !load.sent.has(id))).toEqual([])
  await expectSound(database)
}

function expectUnavailable({ refusals }: Load): void {
  for (const refusal of refusals) {
    expect(refusal).toEqual({
      status: 503,
      contentType: expect.stringContaining(PROBLEM_CONTENT_TYPE),
      retryAfter: expect.stringMatching(/^\d+$/),
      code: 'unavailable',
    })
  }
}

function smallFileSystem(): string {
  const folder = mkdtempSync(join(tmpdir(), 'arunika-full-'))
  run('mount', '-t', 'tmpfs', '-o', `size=${FILE_SYSTEM_BYTES}`, 'none', folder)
  onTestFinished(() => {
    run('umount', '-l', folder)
    rmdirSync(folder)
  })
  return folder
}

function canMount(): boolean {
  if (process.getuid?.() !== 0) return false
  const folder = mkdtempSync(join(tmpdir(), 'arunika-mount-'))
  try {
    run('mount', '-t', 'tmpfs', 'none', folder)
    run('umount', folder)
    return true
  } catch {
    return false
  } finally {
    rmdirSync(folder)
  }
}

function run(program: string, ...args: string[]): void {
  execFileSync(program, args, { stdio: 'ignore' })
}
