import { setTimeout as delay } from 'node:timers/promises'
import type { Activity, StreamMessage, User } from '@arunika/protocol'
import type { TimelineMessage } from '../timeline-message'
import type { ArunikaReader } from './arunika-reader'
import type { Visitor } from './visitors'

/** How long to wait after Arunika could not be read, in milliseconds. */
const RETRY_MS = 1_000

/**
 * One open timeline of a visitor: first what Arunika has of them, then what the stream brings, of their own browser session and of
 * themselves, and of nobody else.
 *
 * Who they are, the shop's own sign-in says. What a browser claims to be is not asked: anyone can claim anything there.
 */
export class TimelineConnection {
  readonly visitor: Visitor
  readonly #reader: ArunikaReader
  readonly #send: (message: TimelineMessage) => void
  #user: User | null = null
  #isLive = false
  #isStale = true
  #isReading = false
  #isClosed = false
  /** What the stream brought during a read, which may have been too early to hold it. */
  #arrived: Activity[] = []

  constructor(visitor: Visitor, reader: ArunikaReader, send: (message: TimelineMessage) => void) {
    this.visitor = visitor
    this.#reader = reader
    this.#send = send
  }

  /** Nothing is read while the stream is down: what is stored between a read and the stream would be missing. */
  setLive(live: boolean): void {
    this.#isLive = live
    this.#send({ type: 'link', live })
    void this.#read()
  }

  /** Another session, or another person, from now on. */
  refresh(): void {
    this.#isStale = true
    void this.#read()
  }

  take(message: StreamMessage): void {
    if (message.event !== 'user_activity') {
      if (message.data.userId === this.visitor.account?.userId) this.refresh()
    } else if (this.#isReading) {
      this.#arrived.push(message.data)
    } else if (this.#isOwn(message.data)) {
      this.#send({ type: 'activity', activity: message.data })
    }
  }

  close(): void {
    this.#isClosed = true
  }

  async #read(): Promise<void> {
    if (this.#isReading) return
    this.#isReading = true
    while (this.#isStale && this.#isLive && !this.#isClosed) {
      this.#isStale = false
      this.#arrived = []
      try {
        const { user, events } = await this.#readTimeline()
        if (this.#mustReadAgain()) continue // it may be another visitor's by now
        this.#user = user
        this.#send({ type: 'timeline', user, activities: events.toReversed() })
        for (const activity of this.#arrived.filter((activity) => this.#isOwn(activity))) {
          this.#send({ type: 'activity', activity })
        }
      } catch (error) {
        console.warn('A timeline could not be read:', error)
        this.#isStale = true
        await delay(RETRY_MS)
      }
    }
    this.#isReading = false
  }

  async #readTimeline(): Promise<{ user: User | null; events: Activity[] }> {
    const { account, sessionId } = this.visitor
    const user = account && (await this.#reader.findUser(account.userId))
    const events = user
      ? await this.#reader.timeline(user.profileId)
      : await this.#reader.sessionEvents(sessionId)
    return { user, events }
  }

  #mustReadAgain(): boolean {
    return this.#isStale
  }

  #isOwn(activity: Activity): boolean {
    const { account, sessionId } = this.visitor
    if (activity.sessionId === sessionId) return true
    const isTheirs = this.#user !== null && this.#user.userId === account?.userId
    return isTheirs && activity.profileId === this.#user?.profileId
  }
}
