import {
  correctTimestamp,
  createUuidV7,
  EVENT_ERROR_CODES,
  formatTimestamp,
  mentionOf,
  parseTimestamp,
  timestampOutlier,
  type Activity,
  type ArunikaEvent,
  type CheckedBatch,
  type Identifier,
  type IdentifierKey,
  type IngestAnswer,
  type Mention,
} from '@arunika/protocol'
import { rootOf } from './links'
import { derivePeople, type People, type Person } from './people'

/** An event as the mock has stored it; a server's says in `identifier` who it is about. */
export interface StoredEvent extends Activity {
  identifier?: Identifier
}

/** Where a request came from, and when. */
export interface Origin {
  source: 'browser' | 'server'
  /** The session of a browser's request. */
  sessionId?: string
  /** Milliseconds since the epoch. */
  receivedAt: number
}

interface Row {
  mention: Mention
  event: Omit<StoredEvent, 'profileId'>
}

const uuid = createUuidV7()

/** What one app has stored. Who people are is derived anew from all of it: tests are small, and so nothing can be stale. */
export class AppStore {
  readonly #rows = new Map<string, Row>()
  readonly #profileIds = new Map<IdentifierKey, string>()
  #people: People | null = null

  /** Stores the events that are not stored yet. */
  store(batch: CheckedBatch<ArunikaEvent & { identifier?: Identifier }>, origin: Origin): IngestAnswer {
    const profiles = new Map(Array.from(this.#profileIds, ([key, profileId]) => [profileId, key]))
    const rejected = [...batch.rejected]
    let accepted = 0
    let duplicates = 0
    for (const { index, event } of batch.events) {
      const { profileId } = event.identifier ?? {}
      const profile = profileId === undefined ? undefined : profiles.get(profileId)
      if (profileId !== undefined && profile === undefined) {
        const detail = EVENT_ERROR_CODES.unknown_profile
        rejected.push({ index, eventId: event.eventId, code: 'unknown_profile', detail })
      } else if (this.#rows.has(event.eventId)) {
        duplicates++
      } else {
        this.#rows.set(event.eventId, this.#rowOf(event, batch.sentAtMs, origin, profile))
        accepted++
      }
    }
    if (accepted > 0) this.#people = null
    return { accepted, duplicates, rejected: rejected.sort((a, b) => a.index - b.index) }
  }

  /** Everybody who was named. */
  people(): Person[] {
    return [...this.#derived().byRoot.values()]
  }

  /** The person that an identifier belongs to. */
  personOf(key: IdentifierKey): Person | null {
    const { links, byRoot } = this.#derived()
    const root = rootOf(links, key)
    return root === null ? null : (byRoot.get(root) ?? null)
  }

  /** The person of a profile id, also of one that a merge has made an alias. */
  personOfProfile(profileId: string): Person | null {
    for (const [key, id] of this.#profileIds) if (id === profileId) return this.personOf(key)
    return null
  }

  /** Every event, or one person's, in the order of a timeline: by `timestamp`, then by `eventId`. */
  events(of?: Person): StoredEvent[] {
    const found: StoredEvent[] = []
    for (const { event, mention } of this.#rows.values()) {
      const person = this.personOf(mention.owner)
      if (of && person?.root !== of.root) continue
      // A copy, so that a test which changes what it has read changes nothing here.
      found.push(structuredClone({ ...event, profileId: person?.user.profileId ?? null }))
    }
    return found.sort(byTime)
  }

  #rowOf(
    event: ArunikaEvent & { identifier?: Identifier },
    sentAtMs: number | null,
    { source, sessionId, receivedAt }: Origin,
    profile: IdentifierKey | undefined,
  ): Row {
    const originalMs = parseTimestamp(event.timestamp) ?? receivedAt
    const timestampMs = correctTimestamp(originalMs, sentAtMs, receivedAt)
    const outlier = timestampOutlier(timestampMs, receivedAt)
    const mention = mentionOf({ ...event, timestampMs, sessionId, profile })
    for (const key of [mention.user, mention.email]) {
      if (key && !this.#profileIds.has(key)) this.#profileIds.set(key, `prf_${uuid()}`)
    }
    return {
      mention,
      event: {
        ...event,
        timestamp: formatTimestamp(timestampMs),
        sessionId: sessionId ?? event.identifier?.sessionId ?? null,
        source,
        receivedAt: formatTimestamp(receivedAt),
        ...(timestampMs !== originalMs && { originalTimestamp: formatTimestamp(originalMs) }),
        ...(outlier !== null && { timestampOutlier: outlier }),
      },
    }
  }

  #derived(): People {
    if (this.#people !== null) return this.#people
    const mentions = Array.from(this.#rows.values(), (row) => row.mention)
    this.#people = derivePeople(mentions, (key) => this.#profileIds.get(key))
    return this.#people
  }
}

/** The order of a timeline. */
export function byTime(a: ArunikaEvent, b: ArunikaEvent): number {
  if (a.timestamp !== b.timestamp) return a.timestamp < b.timestamp ? -1 : 1
  return a.eventId < b.eventId ? -1 : 1
}
