import { expect, test } from 'vitest'
import { record, scriptServer, start, told, typesIn } from './page'

test('beforeSend changes an event, but neither its id nor its time', async () => {
  const server = scriptServer()
  const arunika = start({
    beforeSend: (event) => ({ ...event, eventId: 'mine', timestamp: 'now', eventData: { email: '***' } }),
  })
  arunika.logActivity('signed_up', 'Signed up', { email: 'sari@example.com' })
  await arunika.flush()
  const [event] = server.requests[0]?.body.events ?? []
  expect(event).toMatchObject({ eventType: 'signed_up', eventData: { email: '***' } })
  expect(event?.eventId).toMatch(/^[0-9a-f-]{36}$/)
  expect(event?.timestamp).toMatch(/Z$/)
})

test.each([
  ['null', () => null],
  ['nothing', () => undefined as never],
  ['a text', () => 'event' as never],
])('an event for which beforeSend gives %s is dropped, which is told', async (_, drop) => {
  const server = scriptServer()
  const arunika = start({
    beforeSend: (event) => (event.eventType.startsWith('debug') ? drop() : event),
  })
  const dropped = told(arunika, 'dropped')
  arunika.logActivity('debug_render')
  arunika.logActivity('bought')
  await arunika.flush()
  expect(await dropped).toMatchObject({ event: { eventType: 'debug_render' }, reason: 'before_send' })
  expect(server.requests.map(typesIn)).toEqual([['bought']])
})

test('a beforeSend that throws costs its event and nothing else: it may have been about to hide something', async () => {
  const server = scriptServer()
  const arunika = start({
    beforeSend(event) {
      if (event.eventType === 'odd') throw new Error('bug')
      return event
    },
  })
  const all = record(arunika)
  arunika.logActivity('odd')
  arunika.logActivity('even')
  await arunika.flush()
  expect(server.requests.map(typesIn)).toEqual([['even']])
  expect(all).toMatchObject([
    { name: 'dropped', value: { reason: 'before_send' } },
    { name: 'error', value: { code: 'listener_failed', cause: { message: 'bug' } } },
    { name: 'delivered' },
  ])
})
