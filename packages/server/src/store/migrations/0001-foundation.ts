import { sql, type ColumnDefinitionBuilder, type Kysely, type Migration } from 'kysely'
import { isPostgres } from '../dialect'

export const foundation: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db
    const onPostgres = isPostgres(db)
    // Compared by bytes, as SQLite does: which of two identifiers is the smaller one must not depend on a language.
    const text = onPostgres ? sql`text collate "C"` : 'text'
    const counter = (column: ColumnDefinitionBuilder) =>
      onPostgres ? column.primaryKey() : column.primaryKey().autoIncrement()

    await schema
      .createTable('apps')
      .addColumn('app_id', text, (column) => column.primaryKey())
      .addColumn('name', text, (column) => column.notNull())
      .addColumn('allowed_origins', text)
      .addColumn('require_signature', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('status', text, (column) => column.notNull().defaultTo('active'))
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('last_seq', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute()

    await schema
      .createTable('api_keys')
      .addColumn('key_id', text, (column) => column.primaryKey())
      .addColumn('app_id', text, (column) => column.notNull().references('apps.app_id'))
      .addColumn('key_hash', text, (column) => column.notNull().unique())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('revoked_at', 'bigint')
      .execute()

    await schema
      .createTable('operators')
      .addColumn('token_hash', text, (column) => column.primaryKey())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute()

    await schema
      .createTable('suspicious_calls')
      .addColumn('id', onPostgres ? 'bigserial' : 'integer', counter)
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('reason', text, (column) => column.notNull())
      .addColumn('address', text, (column) => column.notNull())
      .addColumn('app_id', text)
      .execute()

    await schema
      .createTable('events')
      .addColumn('app_id', text, (column) => column.notNull())
      .addColumn('event_id', text, (column) => column.notNull())
      .addColumn('event_type', text, (column) => column.notNull())
      .addColumn('timestamp', 'bigint', (column) => column.notNull())
      .addColumn('original_timestamp', 'bigint')
      .addColumn('received_at', 'bigint', (column) => column.notNull())
      .addColumn('source', text, (column) => column.notNull())
      .addColumn('owner_key', text, (column) => column.notNull())
      .addColumn('session_id', text)
      .addColumn('description', text)
      .addColumn('event_data', text)
      .addColumn('context', text)
      .addColumn('identifier', text)
      .addPrimaryKeyConstraint('events_by_id', ['app_id', 'event_id'])
      .execute()
    await index('events_by_owner', 'events', ['app_id', 'owner_key', 'timestamp', 'event_id'])
    await index('events_by_time', 'events', ['app_id', 'timestamp', 'event_id'])
    // An event that is its session's own is found by its owner: most are, and a second index over them would double the pages that
    // each commit writes.
    await schema
      .createIndex('events_by_session')
      .on('events')
      .columns(['app_id', 'session_id', 'timestamp', 'event_id'])
      .where(sql<boolean>`session_id is not null and owner_key <> 's:' || session_id`)
      .execute()

    await schema
      .createTable('identifiers')
      .addColumn('app_id', text, (column) => column.notNull())
      .addColumn('key', text, (column) => column.notNull())
      .addColumn('profile_id', text)
      .addColumn('parent', text)
      .addColumn('first_at', 'bigint')
      .addColumn('last_at', 'bigint')
      .addPrimaryKeyConstraint('identifiers_by_key', ['app_id', 'key'])
      .execute()
    await index('identifiers_by_parent', 'identifiers', ['app_id', 'parent', 'last_at', 'key'])
    await index('identifiers_by_profile', 'identifiers', ['profile_id'])

    await schema
      .createTable('claims')
      .addColumn('app_id', text, (column) => column.notNull())
      .addColumn('weak', text, (column) => column.notNull())
      .addColumn('kind', text, (column) => column.notNull())
      .addColumn('strong', text, (column) => column.notNull())
      .addColumn('via', text, (column) => column.notNull())
      .addColumn('first_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('claims_once', ['app_id', 'weak', 'strong', 'via'])
      .execute()
    await index('claims_by_age', 'claims', ['app_id', 'weak', 'kind', 'first_at', 'strong'])
    await index('claims_by_strong', 'claims', ['app_id', 'strong'])
    await index('claims_by_via', 'claims', ['app_id', 'via'])

    await schema
      .createTable('attributes')
      .addColumn('app_id', text, (column) => column.notNull())
      .addColumn('key', text, (column) => column.notNull())
      .addColumn('name', text, (column) => column.notNull())
      .addColumn('value', text, (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('event_id', text, (column) => column.notNull())
      .addPrimaryKeyConstraint('attributes_once', ['app_id', 'key', 'name'])
      .execute()

    await schema
      .createTable('users')
      .addColumn('app_id', text, (column) => column.notNull())
      .addColumn('root', text, (column) => column.notNull())
      .addColumn('profile_id', text, (column) => column.notNull())
      .addColumn('user_id', text)
      .addColumn('email', text)
      .addColumn('name', text)
      .addColumn('subscription_tier', text)
      .addColumn('traits', text, (column) => column.notNull())
      .addColumn('status', text, (column) => column.notNull())
      .addColumn('first_at', 'bigint', (column) => column.notNull())
      .addColumn('registered_at', 'bigint')
      .addPrimaryKeyConstraint('users_by_root', ['app_id', 'root'])
      .execute()
    await index('users_by_age', 'users', ['app_id', 'first_at', 'profile_id'])

    await schema
      .createTable('live_log')
      .addColumn('app_id', text, (column) => column.notNull())
      .addColumn('seq', 'bigint', (column) => column.notNull())
      .addColumn('event', text, (column) => column.notNull())
      .addColumn('refs', text, (column) => column.notNull())
      .addPrimaryKeyConstraint('live_log_by_seq', ['app_id', 'seq'])
      .execute()

    await schema
      .createTable('erased_events')
      .addColumn('app_id', text, (column) => column.notNull())
      .addColumn('event_id', text, (column) => column.notNull())
      .addPrimaryKeyConstraint('erased_events_by_id', ['app_id', 'event_id'])
      .execute()

    await schema
      .createTable('erasures')
      .addColumn('id', onPostgres ? 'bigserial' : 'integer', counter)
      .addColumn('app_id', text, (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('events', 'bigint', (column) => column.notNull())
      .execute()

    async function index(name: string, table: string, columns: string[]): Promise<void> {
      await schema.createIndex(name).on(table).columns(columns).execute()
    }
  },
}
