import {
  createUuidV7,
  formatTimestamp,
  type ApiKey,
  type ApiKeyAnswer,
  type ApiKeyRequest,
} from '@arunika/protocol'
import type { Services } from '../services'
import type { Db } from '../store/open-database'
import type { Trx } from '../store/writer'
import { hashOf, newApiKey } from './secrets'

const uuid = createUuidV7()

/** Makes a key of an app. It is in the answer and nowhere else. */
export async function insertApiKey(
  trx: Trx,
  appId: string,
  { mode = 'live' }: ApiKeyRequest,
  createdAt: number,
): Promise<ApiKeyAnswer> {
  const keyId = `key_${uuid()}`
  const apiKey = newApiKey(mode)
  await trx
    .insertInto('api_keys')
    .values({
      key_id: keyId,
      app_id: appId,
      key_hash: hashOf(apiKey),
      created_at: createdAt,
      revoked_at: null,
    })
    .execute()
  return { keyId, apiKey, createdAt: formatTimestamp(createdAt) }
}

/** One more key of an app, beside those that it has; `null` where there is no such app. */
export function createApiKey(
  { writer, now }: Pick<Services, 'writer' | 'now'>,
  appId: string,
  request: ApiKeyRequest,
): Promise<ApiKeyAnswer | null> {
  const createdAt = now()
  return writer.write(async (trx) =>
    (await isApp(trx, appId)) ? insertApiKey(trx, appId, request, createdAt) : null,
  )
}

/** The keys of an app, newest first; `null` where there is no such app. */
export async function listApiKeys(db: Db, appId: string): Promise<ApiKey[] | null> {
  if (!(await isApp(db, appId))) return null
  const rows = await db
    .selectFrom('api_keys')
    .select(['key_id', 'created_at', 'revoked_at'])
    .where('app_id', '=', appId)
    .orderBy('created_at', 'desc')
    .orderBy('key_id', 'desc')
    .execute()
  return rows.map((row) => ({
    keyId: row.key_id,
    createdAt: formatTimestamp(row.created_at),
    revokedAt: row.revoked_at === null ? null : formatTimestamp(row.revoked_at),
  }))
}

/** Revokes a key for ever, and says whether the app has such a key. One that was revoked before stays as it is. */
export function revokeApiKey(
  { writer, now }: Pick<Services, 'writer' | 'now'>,
  appId: string,
  keyId: string,
): Promise<boolean> {
  return writer.write(async (trx) => {
    const row = await trx
      .updateTable('api_keys')
      .set((eb) => ({ revoked_at: eb.fn.coalesce('revoked_at', eb.val(now())) }))
      .where('app_id', '=', appId)
      .where('key_id', '=', keyId)
      .returning('key_id')
      .executeTakeFirst()
    return row !== undefined
  })
}

async function isApp(db: Db | Trx, appId: string): Promise<boolean> {
  const row = await db.selectFrom('apps').select('app_id').where('app_id', '=', appId).executeTakeFirst()
  return row !== undefined
}
