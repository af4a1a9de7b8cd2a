import { isPostgres } from './dialect'
import type { Trx } from './writer'

/**
 * Has what this transaction writes of some apps follow what others wrote of them: links are derived from what is stored, and the
 * messages of a stream are numbered in the order of their commits. SQLite has one writer at a time anyhow.
 */
export async function lockApps(trx: Trx, appIds: string[]): Promise<void> {
  if (!isPostgres(trx)) return
  await trx
    .selectFrom('apps')
    .select('app_id')
    .where('app_id', 'in', appIds)
    .orderBy('app_id') // so that two never wait for one another
    .forUpdate()
    .execute()
}
