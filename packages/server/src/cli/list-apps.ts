import { listApiKeys } from '../admin/api-keys'
import { listApps } from '../admin/apps'
import type { DatabaseOptions } from './database-in'
import { withExistingDatabase } from './with-database'

/** `arunika-server apps list` */
export async function listAppsCommand(options: { json: boolean } & DatabaseOptions): Promise<void> {
  await withExistingDatabase(options, async ({ db }) => {
    const apps = []
    for (const app of await listApps(db)) {
      apps.push({ ...app, keys: (await listApiKeys(db, app.appId)) ?? [] })
    }
    if (options.json) {
      console.log(JSON.stringify(apps))
      return
    }
    if (apps.length === 0) console.log('No apps yet: make one with arunika-server apps create --name NAME')
    for (const { appId, name, status, requireSignature, keys } of apps) {
      console.log(`${appId}  ${status}${requireSignature ? ', signed calls only' : ''}  ${name}`)
      for (const { keyId, createdAt, revokedAt } of keys) {
        console.log(`  ${keyId}  ${revokedAt === null ? `valid since ${createdAt}` : `revoked ${revokedAt}`}`)
      }
    }
  })
}
