import { spawnSync } from 'node:child_process'
import { existsSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { StorageError } from '@arunika/core'
import { startClient } from '../support/client'
import { startIngestServer } from '../support/ingest-server'
import { filesOf, item, killOwners, makeFolder, openSpool, readAll } from '../support/spool'

let server: Awaited<ReturnType<typeof startIngestServer>>
beforeEach(async () => {
  server = await startIngestServer()
})
afterEach(() => server.close())

const storageErrors = (told: { error: Error[] }) =>
  told.error.filter((error): error is StorageError => error.name === 'StorageError')

describe('a full disk', () => {
  /** A disk that takes so many bytes and no more. */
  const diskOf = (bytes: number) => (file: number, data: Uint8Array, offset: number) => {
    if (bytes === 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    const written = writeSync(file, data, offset, Math.min(bytes, data.length - offset))
    bytes -= written
    return written
  }

  it('rejects the put, leaves no half record behind, and keeps what was there', async () => {
    const folder = makeFolder()
    const { spool } = openSpool(folder, { write: diskOf(400) })
    await spool.load()
    const fits = item()
    const tooMuch = [item(), item()]
    await spool.put([fits])
    const { size } = statSync(join(folder, filesOf(folder, '.events')[0]!))
    await expect(spool.put(tooMuch)).rejects.toMatchObject({ code: 'ENOSPC' })
    expect(statSync(join(folder, filesOf(folder, '.events')[0]!)).size).toBe(size)
    expect([fits, ...tooMuch].map((one) => spool.keeps(one))).toEqual([true, false, false])
    killOwners(folder)
    const { spool: next, errors } = openSpool(folder)
    expect((await readAll(next)).map(({ id }) => id)).toEqual([fits.id])
    expect(errors).toEqual([])
  })

  it.runIf(canMount())(
    'of a real file system is told of once, and every event is delivered from memory',
    async () => {
      const folder = makeFolder()
      run('mount', '-t', 'tmpfs', '-o', 'size=256k', 'none', folder)
      onTestFinished(() => void run('umount', '-l', folder))
      const { arunika, told, deliveredTypes } = startClient(server.endpoint, {
        spool: folder,
        flushAt: 100_000,
      })
      const types = Array.from({ length: 3_000 }, (_, index) => `type_${index}`)
      for (const type of types) {
        arunika.logActivity('user-42', type)
        if (type.endsWith('00')) await new Promise(setImmediate)
      }
      expect(storageErrors(told)).toMatchObject([{ code: 'storage_failed', cause: { code: 'ENOSPC' } }])
      await arunika.shutdown()
      // Several requests at once: theirs is no order.
      expect(deliveredTypes().sort()).toEqual(types.sort())
      expect(told.dropped).toEqual([])
      expect(storageErrors(told)).toHaveLength(1)
      expect(filesOf(folder)).toEqual([])
    },
  )
})

describe('a folder that cannot be written', () => {
  it('is told of once, and every event is delivered or dropped', async () => {
    const file = join(makeFolder(), 'file')
    writeFileSync(file, '')
    const { arunika, told, deliveredTypes } = startClient(server.endpoint, { spool: join(file, 'spool') })
    arunika.logActivity('user-42', 'a')
    await arunika.flush()
    arunika.logActivity('user-42', 'b')
    await server.close()
    await arunika.shutdown({ timeoutMs: 0 })
    expect(storageErrors(told)).toMatchObject([{ code: 'storage_failed', cause: { code: 'ENOTDIR' } }])
    expect(deliveredTypes()).toEqual(['a'])
    expect(told.dropped).toMatchObject([{ event: { eventType: 'b' }, reason: 'shutdown' }])
  })

  it.runIf(canMount())('because its file system is read-only is told of the same way', async () => {
    const folder = makeFolder()
    run('mount', '-t', 'tmpfs', '-o', 'ro', 'none', folder)
    onTestFinished(() => void run('umount', '-l', folder))
    const { arunika, told, deliveredTypes } = startClient(server.endpoint, { spool: folder })
    arunika.logActivity('user-42', 'a')
    await arunika.shutdown()
    expect(storageErrors(told)).toMatchObject([{ code: 'storage_failed', cause: { code: 'EROFS' } }])
    expect(deliveredTypes()).toEqual(['a'])
  })
})

function run(command: string, ...args: string[]): boolean {
  return spawnSync(command, args).status === 0
}

/** Root can, where it is not in a container that forbids it. */
function canMount(): boolean {
  if (!existsSync('/proc/self/ns')) return false
  return run('sh', '-c', 'd=$(mktemp -d) && mount -t tmpfs none $d && umount $d; s=$?; rmdir $d; exit $s')
}
