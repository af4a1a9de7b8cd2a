import type { ColumnType, Generated, Insertable, Selectable } from 'kysely'

/** The tables. Times are milliseconds since the epoch; JSON is text; an identifier's key is `u:…`, `e:…` or `s:…`. */
export interface Schema {
  apps: AppTable
  api_keys: ApiKeyTable
  operators: OperatorTable
  suspicious_calls: SuspiciousCallTable
  events: EventTable
  identifiers: IdentifierTable
  claims: ClaimTable
  attributes: AttributeTable
  users: UserTable
  live_log: LiveLogTable
  erased_events: ErasedEventTable
  erasures: ErasureTable
}

interface AppTable {
  app_id: string
  name: string
  /** JSON list of origins; `null` lets every origin in. */
  allowed_origins: string | null
  require_signature: ColumnType<number, number, number>
  status: 'active' | 'suspended'
  created_at: number
  /** The number of the last message of the stream. */
  last_seq: Generated<number>
}

interface ApiKeyTable {
  key_id: string
  app_id: string
  /** SHA-256 of the key, lowercase hex: the key itself is never stored. */
  key_hash: string
  created_at: number
  revoked_at: number | null
}

interface OperatorTable {
  token_hash: string
  created_at: number
}

interface SuspiciousCallTable {
  id: Generated<number>
  at: number
  reason: string
  address: string
  /** As the caller claimed. */
  app_id: string | null
}

interface EventTable {
  app_id: string
  event_id: string
  event_type: string
  timestamp: number
  /** What the sender's clock said, where `timestamp` was corrected. */
  original_timestamp: number | null
  received_at: number
  source: string
  /** The strongest identifier that the event came with: whose it is, is looked up and never written here. */
  owner_key: string
  session_id: string | null
  description: string | null
  event_data: string | null
  context: string | null
  identifier: string | null
}

interface IdentifierTable {
  app_id: string
  key: string
  /** The profile id that this identifier was given; `null` for a session, which is nobody by itself. */
  profile_id: string | null
  /** The stronger identifier that this one belongs to, by the rule in `identity/link.ts`. */
  parent: string | null
  /** The first and the last time that an event named it; `null` for a session, which is here only once it is somebody's. */
  first_at: number | null
  last_at: number | null
}

/** That somebody is a user id or an email, as an event said; or that an email is a user id, as a session lets conclude. */
export type ClaimKind = 'user' | 'email' | 'concluded'

interface ClaimTable {
  app_id: string
  weak: string
  kind: ClaimKind
  strong: string
  /** The session that this claim was concluded from; empty where the claim was made outright. */
  via: string
  first_at: number
}

interface AttributeTable {
  app_id: string
  key: string
  name: string
  value: string
  at: number
  event_id: string
}

interface UserTable {
  app_id: string
  /** The strongest identifier of the person. */
  root: string
  profile_id: string
  user_id: string | null
  email: string | null
  name: string | null
  subscription_tier: string | null
  traits: string
  status: 'pending' | 'active' | 'suspended'
  first_at: number
  registered_at: number | null
}

interface LiveLogTable {
  app_id: string
  /** The number of the last of the messages in this row: they have one number each, without a gap. */
  seq: number
  event: 'user_created' | 'user_updated' | 'user_activity'
  /** JSON list: the ids of the events, or of the profile. */
  refs: string
}

/** The ids of events whose person was erased: one that arrives again is not stored again. */
interface ErasedEventTable {
  app_id: string
  event_id: string
}

/** That a person was erased, and nothing of who it was. */
interface ErasureTable {
  id: Generated<number>
  app_id: string
  at: number
  events: number
}

export type AppRow = Selectable<AppTable>
export type EventRow = Selectable<EventTable>
export type NewEvent = Insertable<EventTable>
export type UserRow = Selectable<UserTable>
