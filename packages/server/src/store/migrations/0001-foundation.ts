import type { Kysely, Migration } from 'kysely'

export const foundation: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db

    await schema
      .createTable('apps')
      .addColumn('app_id', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('allowed_origins', 'text')
      .addColumn('require_signature', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('status', 'text', (column) => column.notNull().defaultTo('active'))
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute()

    await schema
      .createTable('api_keys')
      .addColumn('key_id', 'text', (column) => column.primaryKey())
      .addColumn('app_id', 'text', (column) => column.notNull().references('apps.app_id'))
      .addColumn('key_hash', 'text', (column) => column.notNull().unique())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('revoked_at', 'bigint')
      .execute()

    await schema
      .createTable('operators')
      .addColumn('token_hash', 'text', (column) => column.primaryKey())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute()

    await schema
      .createTable('suspicious_calls')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('address', 'text', (column) => column.notNull())
      .addColumn('app_id', 'text')
      .execute()

    await schema
      .createTable('events')
      .addColumn('app_id', 'text', (column) => column.notNull())
      .addColumn('event_id', 'text', (column) => column.notNull())
      .addColumn('event_type', 'text', (column) => column.notNull())
      .addColumn('timestamp', 'bigint', (column) => column.notNull())
      .addColumn('original_timestamp', 'bigint')
      .addColumn('received_at', 'bigint', (column) => column.notNull())
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('owner_key', 'text', (column) => column.notNull())
      .addColumn('session_id', 'text')
      .addColumn('description', 'text')
      .addColumn('event_data', 'text')
      .addColumn('context', 'text')
      .addColumn('identifier', 'text')
      .addPrimaryKeyConstraint('events_by_id', ['app_id', 'event_id'])
      .execute()
    await index('events_by_owner', 'events', ['app_id', 'owner_key', 'timestamp', 'event_id'])
    await index('events_by_time', 'events', ['app_id', 'timestamp', 'event_id'])
    await index('events_by_session', 'events', ['app_id', 'session_id', 'timestamp', 'event_id'])

    await schema
      .createTable('identifiers')
      .addColumn('app_id', 'text', (column) => column.notNull())
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('profile_id', 'text')
      .addColumn('parent', 'text')
      .addColumn('first_at', 'bigint', (column) => column.notNull())
      .addColumn('last_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('identifiers_by_key', ['app_id', 'key'])
      .execute()
    await index('identifiers_by_parent', 'identifiers', ['app_id', 'parent', 'key'])
    await index('identifiers_by_activity', 'identifiers', ['app_id', 'parent', 'last_at'])
    await index('identifiers_by_profile', 'identifiers', ['profile_id'])

    await schema
      .createTable('claims')
      .addColumn('app_id', 'text', (column) => column.notNull())
      .addColumn('weak', 'text', (column) => column.notNull())
      .addColumn('strong', 'text', (column) => column.notNull())
      .addColumn('via', 'text', (column) => column.notNull())
      .addColumn('first_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('claims_once', ['app_id', 'weak', 'strong', 'via'])
      .execute()
    await index('claims_by_age', 'claims', ['app_id', 'weak', 'first_at', 'strong'])
    await index('claims_by_via', 'claims', ['app_id', 'via'])

    await schema
      .createTable('attributes')
      .addColumn('app_id', 'text', (column) => column.notNull())
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('event_id', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('attributes_once', ['app_id', 'key', 'name'])
      .execute()

    await schema
      .createTable('users')
      .addColumn('app_id', 'text', (column) => column.notNull())
      .addColumn('root', 'text', (column) => column.notNull())
      .addColumn('profile_id', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text')
      .addColumn('email', 'text')
      .addColumn('name', 'text')
      .addColumn('subscription_tier', 'text')
      .addColumn('traits', 'text', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('first_at', 'bigint', (column) => column.notNull())
      .addColumn('registered_at', 'bigint')
      .addColumn('last_active_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('users_by_root', ['app_id', 'root'])
      .execute()
    await index('users_by_age', 'users', ['app_id', 'first_at', 'profile_id'])

    await schema
      .createTable('live_log')
      .addColumn('seq', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('app_id', 'text', (column) => column.notNull())
      .addColumn('event', 'text', (column) => column.notNull())
      .addColumn('ref', 'text', (column) => column.notNull())
      .execute()
    await index('live_log_by_app', 'live_log', ['app_id', 'seq'])

    async function index(name: string, table: string, columns: string[]): Promise<void> {
      await schema.createIndex(name).on(table).columns(columns).execute()
    }
  },
}
