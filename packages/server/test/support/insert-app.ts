import type { Db } from '../../src/store/open-database'

/** An app by its row, `app_1`: for what is tested below the routes. */
export async function insertApp(db: Db): Promise<void> {
  const app = { app_id: 'app_1', name: 'shop', allowed_origins: null, require_signature: 0 }
  await db
    .insertInto('apps')
    .values({ ...app, status: 'active', created_at: 1 })
    .execute()
}
