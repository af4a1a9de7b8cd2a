import { formatTimestamp, type App, type AppAnswer, type AppPatch, type AppRequest } from '@arunika/protocol'
import type { Services } from '../services'
import type { Db } from '../store/open-database'
import type { AppRow } from '../store/schema'
import type { Writer } from '../store/writer'
import { insertApiKey } from './api-keys'
import { newAppId } from './secrets'

/** Makes an app and its first key. The key is in the answer and nowhere else. */
export async function createApp(
  { writer, now }: Pick<Services, 'writer' | 'now'>,
  input: AppRequest,
): Promise<AppAnswer> {
  const createdAt = now()
  const app: App = {
    appId: newAppId(),
    name: input.name,
    allowedOrigins: input.allowedOrigins ?? null,
    requireSignature: input.requireSignature ?? false,
    status: 'active',
    createdAt: formatTimestamp(createdAt),
  }
  return writer.write(async (trx) => {
    await trx.insertInto('apps').values(toRow(app, createdAt)).execute()
    const { apiKey } = await insertApiKey(trx, app.appId, {}, createdAt)
    return { app, apiKey }
  })
}

/** Changes what the patch names of an app, and gives it as it is then; `null` where there is none. */
export function updateApp(writer: Writer, appId: string, patch: AppPatch): Promise<App | null> {
  const { name, allowedOrigins, requireSignature, status } = patch
  return writer.write(async (trx) => {
    const row = await trx
      .updateTable('apps')
      .set({
        ...(name !== undefined && { name }),
        ...(allowedOrigins !== undefined && { allowed_origins: originsText(allowedOrigins) }),
        ...(requireSignature !== undefined && { require_signature: requireSignature ? 1 : 0 }),
        ...(status !== undefined && { status }),
      })
      .where('app_id', '=', appId)
      .returningAll()
      .executeTakeFirst()
    return row ? fromRow(row) : null
  })
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
    allowed_origins: originsText(app.allowedOrigins),
    require_signature: app.requireSignature ? 1 : 0,
    status: app.status,
    created_at: createdAt,
  }
}

function originsText(origins: string[] | null): string | null {
  return origins === null ? null : JSON.stringify(origins)
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
