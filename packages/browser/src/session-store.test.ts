import { SESSION_RULES } from '@arunika/protocol'
import type { StorageError } from '@arunika/core'
import { beforeEach, expect, test, vi } from 'vitest'
import { createDeviceStorage } from './device-storage'
import { createSessionStore, type SessionStore } from './session-store'

const KEY = 'arunika-session-1-app_shop'
let now: number
let ids: number
let held: Map<string, string>
let errors: StorageError[]
let saved: (string | null)[]

beforeEach(() => {
  now = 1_800_000_000_000
  ids = 0
  held = new Map()
  errors = []
  saved = []
})

type KeyValueStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const storage = {
  removeItem: (key: string) => void held.delete(key),
  getItem: (key: string) => held.get(key) ?? null,
  setItem: vi.fn((key: string, text: string) => void held.set(key, text)),
}

/** A tab: every one has a store of its own over the same storage. */
function openTab(from: () => KeyValueStore = () => storage): SessionStore {
  return createSessionStore({
    storage: createDeviceStorage('app_shop', from, (error) => errors.push(error)),
    now: () => now,
    newId: () => `0190a1b2-c3d4-7e5f-8a6b-${String(++ids).padStart(12, '0')}`,
    onSaved: (sessionId) => saved.push(sessionId),
  })
}

test('all tabs have one session', () => {
  expect(openTab().current().sessionId).toBe(openTab().current().sessionId)
})

test('activity in one tab keeps the session of another alive', () => {
  const [left, right] = [openTab(), openTab()]
  const { sessionId } = left.current()
  right.current()
  for (let minutes = 0; minutes < 90; minutes += 20) {
    now += 20 * 60_000
    right.current()
  }
  expect(left.current().sessionId).toBe(sessionId)
})

test('a new session begins after half an hour without activity, and in the other tabs too', () => {
  const [left, right] = [openTab(), openTab()]
  const { sessionId } = left.current()
  right.current()
  now += SESSION_RULES.maxIdleMs + 1
  const next = left.current().sessionId
  expect(next).not.toBe(sessionId)
  expect(right.current().sessionId).toBe(next)
})

test('a thousand calls in a moment are not a thousand writes', () => {
  const tab = openTab()
  tab.current()
  storage.setItem.mockClear()
  for (let i = 0; i < 1_000; i++) tab.current()
  expect(storage.setItem).not.toHaveBeenCalled()
  now += 1_000
  tab.current()
  expect(storage.setItem).toHaveBeenCalledOnce()
})

test('a person who signs in keeps the anonymous session; another person gets a new one, in every tab', () => {
  const [left, right] = [openTab(), openTab()]
  const anonymous = left.current().sessionId
  expect(left.identify('ada').sessionId).toBe(anonymous)
  expect(right.identify('ada').sessionId).toBe(anonymous)
  const second = right.identify('bob').sessionId
  expect(second).not.toBe(anonymous)
  expect(left.current()).toMatchObject({ sessionId: second, person: 'bob' })
})

test('reset begins an anonymous session in every tab', () => {
  const [left, right] = [openTab(), openTab()]
  const { sessionId } = left.identify('ada')
  right.reset()
  expect(left.current()).toMatchObject({ person: null })
  expect(left.current().sessionId).not.toBe(sessionId)
})

test('a session that is forgotten leaves nothing on the device, and the next is another', () => {
  const tab = openTab()
  const { sessionId } = tab.current()
  tab.forget()
  expect(held.size).toBe(0)
  const next = tab.current().sessionId
  expect(next).not.toBe(sessionId)
  expect(saved).toEqual([sessionId, null, next])
})

test.each([
  'nonsense',
  'null',
  '[]',
  '{}',
  '{"sessionId":"s_1","startedAt":0,"lastActiveAt":0,"person":null}',
  '{"sessionId":{"toString":1},"startedAt":0,"lastActiveAt":0,"person":null}',
  '{"sessionId":"0190a1b2-c3d4-7e5f-8a6b-000000000009","startedAt":"0","lastActiveAt":9e99,"person":null}',
])('what is no session (%s) is replaced by a new one', (text) => {
  held.set(KEY, text)
  expect(openTab().current().sessionId).toMatch(/000000000001$/)
  expect(errors).toEqual([])
})

test('a person that is no text is nobody', () => {
  const { sessionId } = openTab().current()
  held.set(KEY, JSON.stringify({ sessionId, startedAt: now, lastActiveAt: now, person: { toString: 1 } }))
  expect(openTab().current()).toMatchObject({ sessionId, person: null })
})

test.each<[string, () => KeyValueStore]>([
  ['is forbidden', () => fail('SecurityError')],
  ['cannot be read', () => ({ ...storage, getItem: () => fail('broken') })],
  ['is full', () => ({ ...storage, setItem: () => fail('QuotaExceededError') })],
])('where the storage %s, the page has a session of its own, and that is told once', (_, broken) => {
  const tab = openTab(broken)
  const { sessionId } = tab.current()
  now += 5_000
  expect(tab.identify('ada')).toMatchObject({ sessionId, person: 'ada' })
  expect(tab.current().sessionId).toBe(sessionId)
  expect(errors).toHaveLength(1)
  expect(errors[0]).toMatchObject({ code: 'storage_failed' })
})

function fail(message: string): never {
  throw new Error(message)
}
