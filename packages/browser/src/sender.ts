import {
  batchBody,
  batchOutcome,
  outcomeOf,
  post,
  type DeliveryOptions,
  type OutboxItem,
} from '@arunika/core'
import { parseProfileAnswer, ROUTES, type ProfileAnswer } from '@arunika/protocol'
import { destinationOf } from './page-item'
import type { ResolvedOptions } from './resolve-options'

/** Of the content types that need no preflight, the only one that can hold JSON. */
const CONTENT_TYPE = 'text/plain;charset=UTF-8'

/** The bytes of a body around its items, rounded up: the ids and the time in it have a fixed length. */
export const ENVELOPE_BYTES = 256

/**
 * Makes the function that sends one request.
 *
 * @param now - The clock by which the events are stamped.
 * @param onProfile - Told of the person whom the server found for an identity, by the identity's event id.
 */
export function createSender(
  { appId, endpoint, requestTimeoutMs }: ResolvedOptions,
  now: () => number,
  onProfile: (eventId: string, answer: ProfileAnswer) => void,
): DeliveryOptions['send'] {
  return async (items, { keepalive }) => {
    const [first] = items as [OutboxItem]
    const { route, sessionId } = destinationOf(first)
    const isProfile = route === 'profile'
    const envelope = { appId, sessionId, sentAt: new Date(now()).toISOString() }
    const reply = await post({
      url: endpoint + (isProfile ? ROUTES.profile : ROUTES.browserEvents),
      headers: { 'content-type': CONTENT_TYPE },
      body: isProfile
        ? `${JSON.stringify(envelope).slice(0, -1)},${first.json.slice(1)}`
        : batchBody(envelope, items),
      keepalive,
      timeoutMs: requestTimeoutMs,
      now: Date.now,
    })
    if (!isProfile) return batchOutcome(reply, items)
    return outcomeOf(reply, (body) => {
      const answer = parseProfileAnswer(body)
      if (answer) onProfile(first.id, answer)
      return answer && []
    })
  }
}
