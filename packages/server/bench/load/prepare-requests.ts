import { HEADERS, ROUTES } from '@arunika/protocol'
import { anOrder, aPageView, personOf, uuid } from '../sample-events'
import type { LoadOptions } from './load'
import { prepareRequest, type PreparedRequest } from './prepared-request'

/** Requests of a page in a session. */
const REQUESTS_A_SESSION = 3
/** Events of a person, where the load does not say how many people there are. */
const EVENTS_A_PERSON = 10
/** Of the requests of the mix with claims, each third is a backend's, and a session says now and then who it is. */
const CLAIMS = { every: 3, profileEvery: 10 }

/** Makes requests one after the other, which go on where the last ones ended. */
export function requestMaker({ target, mix, batchEvents, events, userIds }: LoadOptions) {
  const sessionIds = Array.from({ length: Math.ceil(events / batchEvents / REQUESTS_A_SESSION) }, uuid)
  const people =
    userIds ?? Array.from({ length: Math.ceil(events / EVENTS_A_PERSON) }, (_, number) => `user-${number}`)
  const person = (number: number) => personOf(people[spread(number, people.length)] ?? '')
  const { appId, apiKey } = target
  let requestNumber = 0
  let eventNumber = 0

  /** Requests with so many events in all. */
  function make(count: number): PreparedRequest[] {
    const requests: PreparedRequest[] = []
    for (let left = count; left > 0; left -= requests.at(-1)?.events ?? left) requests.push(next(left))
    return requests
  }

  function next(left: number): PreparedRequest {
    const number = requestNumber++
    const session = number % sessionIds.length
    const sessionId = sessionIds[session] ?? ''
    const length = Math.min(batchEvents, left)
    if (mix === 'claims' && number % CLAIMS.profileEvery === 0) return profile(sessionId, session)
    if (mix === 'claims' && number % CLAIMS.every === 0) return backendBatch(length)
    const views = Array.from({ length }, () => aPageView(eventNumber++))
    return prepareRequest(
      target,
      ROUTES.browserEvents,
      { appId, sessionId, events: views },
      { events: length },
    )
  }

  /** A session is one person's: it says the same each time. */
  function profile(sessionId: string, session: number): PreparedRequest {
    const body = {
      appId,
      sessionId,
      eventId: uuid(),
      timestamp: new Date().toISOString(),
      ...person(session),
    }
    return prepareRequest(target, ROUTES.profile, body, { events: 1 })
  }

  function backendBatch(length: number): PreparedRequest {
    const orders = Array.from({ length }, () => {
      const number = eventNumber++
      return { ...anOrder(number), identifier: person(number) }
    })
    const headers = { [HEADERS.appId]: appId, [HEADERS.apiKey]: apiKey }
    return prepareRequest(target, ROUTES.serverEvents, { events: orders }, { events: length, headers })
  }

  return make
}

/** Numbers one after the other, spread over so many: neighbours are not of neighbours in an index. */
function spread(number: number, over: number): number {
  return (number * 7_919) % over
}
