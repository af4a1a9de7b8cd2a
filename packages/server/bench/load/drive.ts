import type { Send } from './connection'
import { stampSentAt, type PreparedRequest } from './prepared-request'

/** What a run of requests took: of each the milliseconds, and of all. */
export interface Driven {
  latenciesMs: number[]
  ms: number
}

type SendPrepared = (request: PreparedRequest) => Promise<void>

/** Keeps every connection busy until all is sent. */
export async function driveBusy(sends: SendPrepared[], requests: PreparedRequest[]): Promise<Driven> {
  const latenciesMs: number[] = []
  const start = performance.now()
  let next = 0
  await Promise.all(
    sends.map(async (send) => {
      for (let request = requests[next++]; request; request = requests[next++]) {
        const sentAt = performance.now()
        await send(request)
        latenciesMs.push(performance.now() - sentAt)
      }
    }),
  )
  return { latenciesMs, ms: performance.now() - start }
}

/**
 * Sends at a rate whatever the server does: a request that is due when no connection is free waits, and its time counts from when it
 * was due. Else a server that stands still for a second would look as if it had been asked nothing.
 */
export function drivePaced(
  sends: SendPrepared[],
  requests: PreparedRequest[],
  perSecond: number,
): Promise<Driven> {
  return new Promise((resolve, reject) => {
    const idle = [...sends]
    const latenciesMs: number[] = []
    const start = performance.now()
    const dueAt = (number: number) => start + (number * 1_000) / perSecond
    let next = 0
    const timer = setInterval(sendDue, 1)

    function sendDue(): void {
      while (next < requests.length && dueAt(next) <= performance.now()) {
        const send = idle.pop()
        if (send === undefined) return
        const due = dueAt(next)
        const request = requests[next++]
        if (request === undefined) return
        send(request).then(() => answered(send, due), fail)
      }
    }

    function answered(send: SendPrepared, due: number): void {
      latenciesMs.push(performance.now() - due)
      idle.push(send)
      if (latenciesMs.length < requests.length) {
        sendDue()
        return
      }
      clearInterval(timer)
      resolve({ latenciesMs, ms: performance.now() - start })
    }

    function fail(error: unknown): void {
      clearInterval(timer)
      reject(error instanceof Error ? error : new Error(String(error)))
    }
  })
}

/** What the server has said of the events that were sent. */
export class Tally {
  sent = 0
  accepted = 0
  readonly problems = new Set<string>()

  /** Sends on a connection, and counts. */
  over(send: Send): SendPrepared {
    return async (request) => {
      stampSentAt(request)
      this.sent += request.events
      const { status, body } = await send(request.bytes)
      if (status !== 200) {
        this.problems.add(`${status}: ${body.slice(0, 200)}`)
        return
      }
      const answer = JSON.parse(body) as { accepted?: number; profileId?: string }
      // The answer to a profile counts nothing: it is one event.
      this.accepted += answer.accepted ?? (answer.profileId === undefined ? 0 : 1)
    }
  }
}
