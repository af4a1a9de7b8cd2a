import { setTimeout as delay } from 'node:timers/promises'
import type { IngestAnswer, Problem, ServerEvent } from '@arunika/protocol'
import { onTestFinished } from 'vitest'
import { aServerEvent } from './events'
import type { Target } from './restartable-server'

/** How long a sender waits after an answer that is none, in milliseconds. */
const PAUSE_MS = 50

/** An answer that takes nothing. */
export interface Refusal {
  status: number
  contentType: string | null
  retryAfter: string | null
  code: Problem['code'] | undefined
}

/** Senders that never stop, and what they know. */
export interface Load {
  sent: Map<string, ServerEvent>
  acknowledged: Set<string>
  refusals: Refusal[]
  /** How many requests had no answer. */
  lost: () => number
  /** What a server never answers, whatever befalls it: empty. */
  wrong: unknown[]
  /** Resolves once this is so; it is asked after each request. */
  until: (holds: () => boolean) => Promise<void>
  /** Resolves when no request is under way any more. */
  stop: () => Promise<void>
}

export interface LoadOptions {
  senders?: number
  /** The events of a sender's next request. */
  eventsOf?: (sender: number, round: number) => ServerEvent[]
  /** Whether a request that was not taken is sent again by its sender. */
  isSentAgain?: () => boolean
}

/** Sends batches by plain HTTP until it is told to stop. */
export function startLoad(target: Target, options: LoadOptions = {}): Load {
  const { senders = 12, eventsOf = someEvents, isSentAgain = () => true } = options
  const sent = new Map<string, ServerEvent>()
  const acknowledged = new Set<string>()
  const [refusals, wrong]: [Refusal[], unknown[]] = [[], []]
  const watchers = new Set<() => void>()
  let lost = 0
  let isOver = false
  const goesOn = () => !isOver

  async function send(events: ServerEvent[], isFirst: boolean): Promise<boolean> {
    for (const event of events) sent.set(event.eventId, event)
    const result = await sendBatch(target, events)
    if (result === null) lost++
    else if ('status' in result) refusals.push(result)
    else {
      const { accepted, duplicates, rejected } = result
      // All of a request is stored, or nothing.
      const isWhole = isFirst ? accepted === events.length : [0, events.length].includes(accepted)
      if (!isWhole || accepted + duplicates !== events.length || rejected.length > 0)
        wrong.push({ ...result, isFirst })
      for (const { eventId } of events) acknowledged.add(eventId)
    }
    for (const look of watchers) look()
    return result !== null && !('status' in result)
  }

  async function sender(number: number): Promise<void> {
    for (let round = 0; goesOn(); round++) {
      const events = eventsOf(number, round)
      let isTaken = await send(events, true)
      while (!isTaken) {
        await delay(PAUSE_MS)
        if (!goesOn() || !isSentAgain()) break
        isTaken = await send(events, false)
      }
    }
  }

  const all = Promise.all(Array.from({ length: senders }, (_, number) => sender(number)))
  async function stop(): Promise<void> {
    isOver = true
    await all
  }
  onTestFinished(stop)

  return {
    sent,
    acknowledged,
    refusals,
    wrong,
    lost: () => lost,
    stop,
    until: (holds) =>
      new Promise((resolve) => {
        const look = () => {
          if (!holds()) return
          watchers.delete(look)
          resolve()
        }
        watchers.add(look)
        look()
      }),
  }
}

/** One request: what it was answered, `null` where it was not. */
export async function sendBatch(
  { url, headers }: Target,
  events: ServerEvent[],
): Promise<IngestAnswer | Refusal | null> {
  try {
    const answer = await fetch(`${url}/api/webhooks`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ events }),
    })
    const text = await answer.text()
    if (answer.ok) return JSON.parse(text) as IngestAnswer
    const contentType = answer.headers.get('content-type')
    const code = contentType?.includes('json') ? (JSON.parse(text) as Problem).code : undefined
    return { status: answer.status, contentType, retryAfter: answer.headers.get('retry-after'), code }
  } catch {
    return null
  }
}

/** A batch with the people and sessions that make the server link, and not only insert. */
export function someEvents(sender: number, round: number): ServerEvent[] {
  return Array.from({ length: 5 }, (_, n) =>
    aServerEvent({
      identifier: {
        userId: `user_${sender}`,
        sessionId: `session_${sender}_${round}`,
        email: `${n}@x.example`,
      },
    }),
  )
}
