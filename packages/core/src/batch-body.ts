import { parseIngestAnswer } from '@arunika/protocol'
import type { OutboxItem } from './outbox-item'
import { outcomeOf, type Outcome } from './outcome'
import type { Reply } from './reply'

/**
 * The body of a batch: the envelope's fields, then the events as they were encoded when they were taken.
 *
 * @example
 * batchBody({ sentAt: '2026-01-31T09:30:00.000Z' }, items) // {"sentAt":"2026-01-31T09:30:00.000Z","events":[…]}
 */
export function batchBody(envelope: Record<string, string>, items: OutboxItem[]): string {
  const head = JSON.stringify({ ...envelope, events: [] })
  return `${head.slice(0, -2)}${items.map((item) => item.json).join(',')}]}`
}

/**
 * What the reply to a batch means for its items. A refusal that names another event than the one in its place belongs to
 * another request (a cache, a proxy that mixes answers up), so such an answer is none.
 *
 * @example
 * batchOutcome(await post(request), items).verdict // 'answered'
 */
export function batchOutcome(reply: Reply, items: OutboxItem[]): Outcome {
  return outcomeOf(reply, (body) => {
    const refusals = parseIngestAnswer(body, items.length)?.rejected
    const isOurs = refusals?.every(({ index, eventId }) => eventId === null || eventId === items[index]?.id)
    return refusals !== undefined && isOurs ? refusals : null
  })
}
