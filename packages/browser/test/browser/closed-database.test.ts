import { createUuidV7 } from '@arunika/protocol'
import { afterEach, expect, test, vi } from 'vitest'
import { createIndexedDbStorage } from '../../src/indexed-db-storage'

afterEach(() => vi.restoreAllMocks())

function itemOf(id: string) {
  const json = `{"eventId":"${id}"}`
  return { id, group: 'events s1', json, bytes: json.length, takenAt: 0 }
}

test('a write to a database that was closed without a word goes to a new connection', async () => {
  const opened: IDBDatabase[] = []
  const open = indexedDB.open.bind(indexedDB)
  vi.spyOn(indexedDB, 'open').mockImplementation((name, version) => {
    const request = open(name, version)
    request.addEventListener('success', () => opened.push(request.result))
    return request
  })
  const newId = createUuidV7()
  const [first, second] = [itemOf(newId()), itemOf(newId())]
  const appId = `app_${crypto.randomUUID().slice(0, 8)}`
  const lost = vi.fn()
  const storage = createIndexedDbStorage(appId, () => undefined, lost)
  await storage.put([first])
  opened[0]?.close()
  await storage.put([second])
  expect(lost).toHaveBeenCalledOnce()
  const backlog = await createIndexedDbStorage(
    appId,
    () => undefined,
    () => undefined,
  ).load()
  expect(await backlog.next()).toMatchObject([first, second])
})
