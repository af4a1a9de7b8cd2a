import { expect, test } from 'vitest'
import { createItem, destinationOf, eventOfItem } from './page-item'

const event = { eventId: 'e1', eventType: 'login', timestamp: 't1', eventData: { city: 'Malmö' } }
const identity = { eventId: 'e2', timestamp: 't2', userId: 'u1', traits: { plan: 'pro' } }

test('an item knows where it goes, in which session, and how many bytes it takes', () => {
  const item = createItem('events', 's1', event, 5)
  expect(destinationOf(item)).toEqual({ route: 'events', sessionId: 's1' })
  expect(item).toMatchObject({ id: 'e1', takenAt: 5, bytes: new TextEncoder().encode(item.json).length })
  expect(destinationOf(createItem('profile', 's1', identity, 5))).toEqual({
    route: 'profile',
    sessionId: 's1',
  })
})

test('the JSON of an item begins with its id, by which a kept record is known to be whole', () => {
  const { eventId, ...rest } = event
  expect(createItem('events', 's1', { ...rest, eventId }, 5).json).toMatch(/^{"eventId":"e1",/)
  expect(createItem('profile', 's1', identity, 5).json).toMatch(/^{"eventId":"e2",/)
})

test('events of one session share a request; identities and other sessions do not', () => {
  const groups = [
    createItem('events', 's1', event, 5),
    createItem('events', 's1', { ...event, eventId: 'e3' }, 6),
    createItem('events', 's2', event, 5),
    createItem('profile', 's1', identity, 5),
    createItem('profile', 's1', { ...identity, eventId: 'e4' }, 5),
  ].map((item) => item.group)
  expect(groups[0]).toBe(groups[1])
  expect(new Set(groups).size).toBe(4)
})

test('listeners see an event as it was sent, and an identity as the event that it becomes', () => {
  expect(eventOfItem(createItem('events', 's1', event, 5))).toEqual(event)
  expect(eventOfItem(createItem('profile', 's1', identity, 5))).toEqual({
    eventId: 'e2',
    eventType: 'user_identified',
    timestamp: 't2',
    eventData: { userId: 'u1', traits: { plan: 'pro' } },
  })
})
