import {
  correctTimestamp,
  parseTimestamp,
  type CheckedBatch,
  type ArunikaEvent,
  type Identifier,
} from '@arunika/protocol'
import type { IntakeEvent } from './intake'

/** The events of a batch with their times moved to the server's clock. */
export function correctClocks(
  batch: CheckedBatch<ArunikaEvent & { identifier?: Identifier }>,
  receivedAt: number,
): IntakeEvent[] {
  return batch.events.map(({ index, event }) => {
    const originalMs = parseTimestamp(event.timestamp) ?? receivedAt
    return { index, event, originalMs, timestampMs: correctTimestamp(originalMs, batch.sentAtMs, receivedAt) }
  })
}
