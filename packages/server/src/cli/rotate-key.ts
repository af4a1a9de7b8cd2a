import { createApiKey } from '../admin/api-keys'
import type { DatabaseOptions } from './database-in'
import { checkAppId, validKeysOf } from './valid-keys'
import { withExistingDatabase } from './with-database'

/** `arunika-server apps rotate-key`: the keys before it stay valid until they are revoked, so that no call fails meanwhile. */
export async function rotateKeyCommand(
  appId: string,
  options: { json: boolean } & DatabaseOptions,
): Promise<void> {
  checkAppId(appId)
  await withExistingDatabase(options, async (services) => {
    const older = (await validKeysOf(services, appId)).map(({ keyId }) => keyId)
    const made = await createApiKey(services, appId, {})
    if (made === null) throw new Error(`There is no app ${appId} any more.`)
    const { keyId, apiKey } = made
    if (options.json) {
      console.log(JSON.stringify({ appId, keyId, apiKey, stillValid: older }))
      return
    }
    console.log(`Key id:   ${keyId}`)
    console.log(`API key:  ${apiKey}   (keep it now: it is not shown again)`)
    if (older.length === 0) return
    console.log('\nStill valid beside it; revoke each when nothing uses it any more, on the same database:')
    for (const keyId of older) console.log(`  arunika-server apps revoke-key ${appId} ${keyId}`)
  })
}
