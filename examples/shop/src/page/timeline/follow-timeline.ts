import type { Account, VisitorAnswer } from '../../shop-api'
import type { TimelineMessage } from '../../timeline-message'
import { askShop } from '../ask-shop'

/** How long to wait before the next try, in milliseconds. */
const RETRY_MS = 1_000

/** Who is told what while a timeline is followed. */
export interface TimelineFollower {
  /** Who the visitor is to the shop. */
  onVisitor: (account: Account | null) => void
  onMessage: (message: TimelineMessage) => void
  /** The backend is not heard for now. */
  onLost: () => void
}

/**
 * Follows the visitor's timeline until it is told to stop. An EventSource can send no header, so the session is told first, again
 * at each try: a backend that was restarted knows nobody.
 *
 * @returns A function that stops.
 */
export function followTimeline({ onVisitor, onMessage, onLost }: TimelineFollower): () => void {
  let source: EventSource | null = null
  let retry: number | undefined
  let isStopped = false
  void open()

  async function open(): Promise<void> {
    try {
      const { account } = await askShop<VisitorAnswer>('POST', '/api/session')
      if (isStopped) return
      onVisitor(account)
    } catch {
      if (!isStopped) tryAgain()
      return
    }
    source = new EventSource('/api/my-timeline')
    source.onmessage = ({ data }: MessageEvent<string>) => onMessage(JSON.parse(data) as TimelineMessage)
    source.onerror = tryAgain
  }

  function tryAgain(): void {
    source?.close()
    onLost()
    retry = window.setTimeout(() => void open(), RETRY_MS)
  }

  return () => {
    isStopped = true
    source?.close()
    clearTimeout(retry)
  }
}
