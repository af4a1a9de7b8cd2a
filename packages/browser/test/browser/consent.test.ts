import { expect, onTestFinished, test } from 'vitest'
import { newAppId, record, scriptServer, start, told, typesIn, unreachable, well } from './page'

const told_ = (all: ReturnType<typeof record>) =>
  all.map(({ name, value }) => {
    const { reason, event } = value as { reason?: string; event?: { eventType: string } }
    return [name, event?.eventType, reason].filter(Boolean).join(' ')
  })

test('who opts out is not reported, what waits is let go, and all of that is told', async () => {
  const server = scriptServer()
  const appId = newAppId()
  const arunika = start({ appId })
  const all = record(arunika)
  arunika.logActivity('before')
  const identified = arunika.identify({ userId: 'u1' })
  server.requests = []
  arunika.optOut()
  arunika.logActivity('after')
  expect(await arunika.identify({ userId: 'u2' })).toEqual({ profileId: null, status: 'queued' })
  await identified
  expect(arunika.sessionId).toBe('')
  await arunika.flush()
  await arunika.close()
  expect(told_(all)).toEqual(
    expect.arrayContaining(['dropped after opted_out', 'dropped user_identified opted_out']),
  )
  const left = Object.keys(localStorage).filter((key) => key.endsWith(appId))
  expect(left).toEqual([`arunika-consent-1-${appId}`])
})

test('what waits while the server is away is never sent after an opt-out', async () => {
  const server = scriptServer()
  server.answer = unreachable
  const appId = newAppId()
  const arunika = start({ appId })
  arunika.logActivity('before')
  await expect(arunika.flush()).rejects.toMatchObject({ code: 'network_failed' })
  const dropped = told(arunika, 'dropped')
  arunika.optOut()
  expect(await dropped).toMatchObject({ event: { eventType: 'before' }, reason: 'opted_out' })
  await arunika.close()
  server.answer = well
  server.requests = []
  const next = start({ appId })
  await next.flush()
  expect(server.requests).toEqual([])
  expect(next.sessionId).toBe('')
})

test('who opts in again is reported, in a new session', async () => {
  const server = scriptServer()
  const appId = newAppId()
  const arunika = start({ appId })
  const { sessionId } = arunika
  arunika.optOut()
  arunika.optIn()
  arunika.logActivity('welcome back')
  await arunika.flush()
  expect(server.requests.map(typesIn)).toEqual([['welcome back']])
  expect(server.requests[0]?.body.sessionId).not.toBe(sessionId)
  await arunika.close()
  expect(start({ appId }).sessionId).toMatch(/^[0-9a-f-]{36}$/)
})

test('an opt-out holds in every tab, and takes what waits in any of them', async () => {
  const server = scriptServer()
  const appId = newAppId()
  const [left, right] = [start({ appId }), start({ appId })]
  const dropped = told(right, 'dropped')
  right.logActivity('in the other tab')
  left.optOut()
  expect(await dropped).toMatchObject({ reason: 'opted_out' })
  right.logActivity('later')
  await right.flush()
  expect(server.requests).toEqual([])
})

test('Global Privacy Control is an opt-out where the app wants it, and the person’s own word outranks it', async () => {
  const server = scriptServer()
  Object.defineProperty(navigator, 'globalPrivacyControl', { value: true, configurable: true })
  onTestFinished(() => void Reflect.deleteProperty(navigator, 'globalPrivacyControl'))
  const careless = start()
  careless.logActivity('seen')
  await careless.flush()
  const careful = start({ respectPrivacySignal: true })
  careful.logActivity('not seen')
  await careful.flush()
  careful.optIn()
  careful.logActivity('allowed')
  await careful.flush()
  expect(server.requests.map(typesIn)).toEqual([['seen'], ['allowed']])
})

test('an opt-out in one tab, heard late by another, costs nothing that was taken after an opt-in', async () => {
  const server = scriptServer()
  server.answer = unreachable
  const appId = newAppId()
  const [left, right] = [start({ appId }), start({ appId })]
  await Promise.all([left.flush(), right.flush()])
  left.optOut()
  left.optIn()
  left.logActivity('after')
  await left.close()
  await right.close()
  server.answer = well
  server.requests = []
  await start({ appId }).flush()
  expect(server.requests.map(typesIn)).toEqual([['after']])
})

test('an opt-out holds where tabs cannot hear of each other', async () => {
  const server = scriptServer()
  const { locks } = navigator
  Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true })
  onTestFinished(() => void Object.defineProperty(navigator, 'locks', { value: locks, configurable: true }))
  const appId = newAppId()
  const [left, right] = [start({ appId }), start({ appId })]
  right.logActivity('waits')
  left.optOut()
  await right.flush()
  expect(server.requests).toEqual([])
})

test('after an opt-out nothing begins a session, not even a reset', () => {
  scriptServer()
  const appId = newAppId()
  const arunika = start({ appId })
  arunika.logActivity('read')
  arunika.optOut()
  arunika.reset()
  expect(Object.keys(localStorage).filter((key) => key.endsWith(appId))).toEqual([
    `arunika-consent-1-${appId}`,
  ])
})
