import type { Clock } from '@arunika/core'
import type { ProfileAnswer } from '@arunika/protocol'

/** What `identify` resolves with: the server's answer, or that there is none yet. */
export type IdentifyAnswer = ProfileAnswer | { profileId: null; status: 'queued' }

/** Where the server has not said who it is. */
export const QUEUED: IdentifyAnswer = { profileId: null, status: 'queued' }

/** The callers that wait to hear whom the server found, by the event id of the identity. */
export interface PendingIdentities {
  /** Resolves with the answer, or with {@link QUEUED} when none comes in time. Never rejects. */
  wait(eventId: string): Promise<IdentifyAnswer>
  /** Lets the one that waits for it go, if one does: after a reload nobody may. */
  settle: (eventId: string, answer: IdentifyAnswer) => void
  /** Lets all go that still wait. */
  close(): void
}

/** Nobody waits longer than `timeoutMs` milliseconds. */
export function createPendingIdentities(clock: Clock, timeoutMs: number): PendingIdentities {
  const waiting = new Map<string, (answer: IdentifyAnswer) => void>()

  function settle(eventId: string, answer: IdentifyAnswer): void {
    waiting.get(eventId)?.(answer)
    waiting.delete(eventId)
  }

  return {
    settle,
    wait: (eventId) =>
      new Promise((resolve) => {
        const cancel = clock.after(timeoutMs, () => settle(eventId, QUEUED))
        waiting.set(eventId, (answer) => {
          cancel()
          resolve(answer)
        })
      }),
    close() {
      for (const eventId of waiting.keys()) settle(eventId, QUEUED)
    },
  }
}
