import type { DeliveryOptions } from '@arunika/core'
import type { ProfileAnswer } from '@arunika/protocol'

/** What a tab tells the others of one origin. Each field stands for itself. */
export interface TabMessage {
  /** It has put these records into the shared storage. */
  put?: string[]
  /** The server has these items. */
  delivered?: string[]
  /** The server will never take these. */
  rejected?: { id: string; code: string; detail: string }[]
  /** The person has opted out. */
  isOut?: boolean
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
  /** Listens no more: a page that does would not be kept in that cache. */
  leave: () => void
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
  let turn = Promise.resolve()
  let endTurn = () => {}

  function tell(message: TabMessage): void {
    channel?.postMessage(message)
  }

  function hear(message: TabMessage): void {
    if (message.isSending) turn = new Promise((resolve) => (endTurn = resolve))
    if (message.isSending === false) endTurn()
    onMessage(message)
  }

  return {
    tell,
    join() {
      if (!locks) return
      channel ??= new BroadcastChannel(name)
      channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
        hear(data)
      }
    },
    leave() {
      channel?.close()
      channel = undefined
    },
    async exclusive(exchange) {
      let isMyTurn = false as boolean // which `run` changes
      const run = async () => {
        isMyTurn = true
        setTimeout(endTurn, MAX_SILENCE_MS)
        await turn
        tell({ isSending: true })
        await exchange()
        tell({ isSending: false })
      }
      try {
        if (locks) await locks.request(name, { signal: AbortSignal.timeout(maxWaitMs) }, run)
        else await run()
      } catch (cause) {
        // The wait was too long, or the browser refuses locks to this page.
        if (isMyTurn) throw cause
        await run()
      }
    },
  }
}
