import type { DeliveryOptions, Rejection } from '@arunika/core'
import { isObject, type ProfileAnswer } from '@arunika/protocol'

/** What a tab tells the others of one origin. Each field stands for itself. */
export interface TabMessage {
  /** It has put these records into the shared storage. */
  put?: string[]
  /** The server has these items. */
  delivered?: string[]
  /** The server will never take these. */
  rejected?: Rejection[]
  /** The person has opted out. */
  hasOptedOut?: boolean
  /** Whom the server found for an identity. */
  profile?: [eventId: string, answer: ProfileAnswer]
  /** Its turn to send begins, or ends: all that came of it has been told. */
  isSending?: boolean
}

/** The end of a turn may reach the next tab before what came of it does; where a tab has died, nothing does. In milliseconds. */
const MAX_SILENCE_MS = 100

/** The tabs of one origin, which share an outbox and send one at a time. */
export interface Tabs {
  tell: (message: TabMessage) => void
  /** Listens, as a page does that is opened, or comes back from the back/forward cache. */
  join: () => void
  /** Goes away, perhaps into that cache: gives its turn up, takes none, and listens no more. */
  leave: () => void
  /** The same for good; what waits for its turn has it at once. */
  close: () => void
  /** Runs an exchange while no other tab runs one. */
  exclusive: NonNullable<DeliveryOptions['exclusive']>
}

/**
 * Makes the tab one of them. Where the browser has no Web Locks (an insecure page), each tab sends what is its own, and the server
 * stores once what two of them send.
 *
 * @param maxWaitMs - After this the exchange runs although another tab's has not ended: the browser may have put that one to sleep.
 */
export function createTabs(name: string, maxWaitMs: number, onMessage: (message: TabMessage) => void): Tabs {
  const locks = (navigator as Partial<Navigator>).locks
  let channel: BroadcastChannel | undefined
  /** Resolves when the turn of another tab is over, and all that came of it was heard. */
  let othersTurn = Promise.resolve()
  let endOthersTurn = () => {}
  /** Resolves when the page is here; and lets go of the lock when it leaves. */
  let isHere = true
  let here = Promise.resolve()
  let onJoin = () => {}
  let letGo = () => {}

  function tell(message: TabMessage): void {
    channel?.postMessage(message)
  }

  function hear(message: TabMessage): void {
    if (message.isSending) othersTurn = new Promise((resolve) => (endOthersTurn = resolve))
    if (message.isSending === false) endOthersTurn()
    onMessage(message)
  }

  function leave(): void {
    channel?.close()
    channel = undefined
    if (isHere) here = new Promise((resolve) => (onJoin = resolve))
    isHere = false
    letGo()
  }

  /** Runs the turn within the lock, or without it where that is not to be had. Resolves when it has ended. */
  async function inTurn(turn: () => Promise<void>): Promise<void> {
    let ended: Promise<void> | undefined
    const waiting = new AbortController()
    const timer = setTimeout(() => waiting.abort(), maxWaitMs)
    const left = new Promise<void>((resolve) => {
      letGo = () => {
        waiting.abort()
        resolve()
      }
    })
    try {
      // A page that sleeps in the cache would hold the lock for as long as it does.
      await locks?.request(name, { signal: waiting.signal }, () => Promise.race([(ended = turn()), left]))
    } catch {
      // The wait was too long, the page has left, or the browser refuses locks to it.
      await here
    }
    clearTimeout(timer)
    await (ended ?? turn())
  }

  return {
    tell,
    leave,
    join() {
      isHere = true
      onJoin()
      if (!locks) return
      try {
        channel ??= new BroadcastChannel(name)
        channel.onmessage = ({ data }: MessageEvent<unknown>) => {
          if (isObject(data)) hear(data)
        }
      } catch {
        // A browser that forbids storage may forbid this too. Then each tab sends what is its own, as without locks.
      }
    },
    close() {
      leave()
      onJoin()
    },
    async exclusive(exchange) {
      await here
      await inTurn(async () => {
        setTimeout(endOthersTurn, MAX_SILENCE_MS)
        await othersTurn
        tell({ isSending: true })
        await exchange()
        tell({ isSending: false })
      })
    },
  }
}
