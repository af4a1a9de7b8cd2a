import { batchLength } from '@arunika/protocol'
import type { OutboxItem } from './outbox-item'

/** The first items that may share a request: those of one group, up to the limits. One at least, for the server to judge. */
export function nextBatch(
  items: Iterable<OutboxItem>,
  maxItems: number,
  maxBytes: number,
  envelopeBytes: number,
): OutboxItem[] {
  const group: OutboxItem[] = []
  for (const item of items) {
    if (item.group !== (group[0] ?? item).group) break
    if (group.push(item) === maxItems) break
  }
  const batch = firstThatFit(group, maxItems, maxBytes, envelopeBytes)
  return batch.length > 0 ? batch : group.slice(0, 1)
}

/** As many of the first items as fit into one request. */
export function firstThatFit(
  items: OutboxItem[],
  maxEvents: number,
  maxBytes: number,
  envelopeBytes: number,
): OutboxItem[] {
  const sizes = items.map(({ bytes }) => bytes)
  return items.slice(0, batchLength(sizes, { maxEvents, maxBytes }, envelopeBytes))
}
