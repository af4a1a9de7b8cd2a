import { createUuidV7, formatTimestamp, type App, type AppAnswer, type AppRequest } from '@arunika/protocol'
import type { Services } from '../services'
import type { Db } from '../store/open-database'
import type { AppRow } from '../store/schema'
import { hashOf, newApiKey, newAppId } from './secrets'

const uuid = createUuidV7()

/** Makes an app and its first key. The key is in the answer and nowhere else. */
export async function createApp(
  { writer, now }: Pick<Services, 'writer' | 'now'>,
  input: AppRequest,
): Promise<AppAnswer> {
  const apiKey = newApiKey('live')
  const createdAt = now()
  const app: App = {
    appId: newAppId(),
    name: input.name,
    allowedOrigins: input.allowedOrigins ?? null,
    requireSignature: input.requireSignature ?? false,
    status: 'active',
    createdAt: formatTimestamp(createdAt),
  }
  await writer.write(async (trx) => {
    await trx.insertInto('apps').values(toRow(app, createdAt)).execute()
    await trx
      .insertInto('api_keys')
      .values({
        key_id: `key_${uuid()}`,
        app_id: app.appId,
        key_hash: hashOf(apiKey),
        created_at: createdAt,
        revoked_at: null,
      })
      .execute()
  })
  return { app, apiKey }
}

/** The app of a key that is registered and not revoked, by the key's hash. */
export async function appOfKey(db: Db, keyHash: string): Promise<App | null> {
  const row = await db
    .selectFrom('api_keys')
    .innerJoin('apps', 'apps.app_id', 'api_keys.app_id')
    .selectAll('apps')
    .where('key_hash', '=', keyHash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return row ? fromRow(row) : null
}

/** The app of an id. */
export async function findApp(db: Db, appId: string): Promise<App | null> {
  const row = await db.selectFrom('apps').selectAll().where('app_id', '=', appId).executeTakeFirst()
  return row ? fromRow(row) : null
}

/** All apps, newest first. */
export async function listApps(db: Db): Promise<App[]> {
  const rows = await db
    .selectFrom('apps')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('app_id')
    .execute()
  return rows.map(fromRow)
}

function toRow(app: App, createdAt: number): Omit<AppRow, 'last_seq'> {
  return {
    app_id: app.appId,
    name: app.name,
    allowed_origins: app.allowedOrigins ? JSON.stringify(app.allowedOrigins) : null,
    require_signature: app.requireSignature ? 1 : 0,
    status: app.status,
    created_at: createdAt,
  }
}

function fromRow(row: AppRow): App {
  return {
    appId: row.app_id,
    name: row.name,
    allowedOrigins: row.allowed_origins === null ? null : (JSON.parse(row.allowed_origins) as string[]),
    requireSignature: row.require_signature === 1,
    status: row.status,
    createdAt: formatTimestamp(row.created_at),
  }
}
