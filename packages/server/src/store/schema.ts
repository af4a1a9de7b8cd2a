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
}

interface AppTable {
  app_id: string
  name: string
  /** JSON list of origins; `null` lets every origin in. */
  allowed_origins: string | null
  require_signature: ColumnType<number, number, number>
  status: 'active' | 'suspended'
  created_at: number
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
  first_at: number
  last_at: number
}

interface ClaimTable {
  app_id: string
  weak: string
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
  last_active_at: number
}

interface LiveLogTable {
  seq: Generated<number>
  app_id: string
  event: 'user_created' | 'user_updated' | 'user_activity'
  /** The event's id, or the profile's. */
  ref: string
}

export type AppRow = Selectable<AppTable>
export type EventRow = Selectable<EventTable>
export type NewEvent = Insertable<EventTable>
export type UserRow = Selectable<UserTable>
