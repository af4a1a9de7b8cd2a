import { HEADERS, ROUTES } from '@arunika/protocol'
import type { Target } from '../load/load'
import { anOrder, aPageView, personOf, uuid } from '../sample-events'

/** What a person does, in events: 25 in all. */
const LIFE = { anonymousViews: 8, ownViews: 10, profiles: 1, orders: 6 }
export const EVENTS_A_PERSON = Object.values(LIFE).reduce((sum, count) => sum + count)

/** Has a server store what one person does: a session that stays anonymous, one that says who it is, and their orders. */
export async function sendLife(target: Target, userId: string): Promise<void> {
  const { appId, apiKey } = target
  const sessionId = uuid()
  const views = (count: number) => Array.from({ length: count }, (_, number) => aPageView(number))
  const orders = Array.from({ length: LIFE.orders }, (_, number) => ({
    ...anOrder(number),
    identifier: personOf(userId),
  }))
  await post(ROUTES.browserEvents, { appId, sessionId: uuid(), events: views(LIFE.anonymousViews) })
  await post(ROUTES.browserEvents, { appId, sessionId, events: views(LIFE.ownViews) })
  await post(ROUTES.profile, { appId, sessionId, eventId: uuid(), ...personOf(userId) })
  await post(ROUTES.serverEvents, { events: orders }, { [HEADERS.appId]: appId, [HEADERS.apiKey]: apiKey })

  async function post(path: string, body: object, headers: Record<string, string> = {}): Promise<void> {
    const response = await fetch(target.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    const answer = await response.text()
    if (!response.ok) throw new Error(`${path}: ${response.status} ${answer}`)
  }
}
