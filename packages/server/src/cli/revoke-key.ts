import { revokeApiKey } from '../admin/api-keys'
import type { DatabaseOptions } from './database-in'
import { checkAppId, validKeysOf } from './valid-keys'
import { withExistingDatabase } from './with-database'

const KEY_ID = /^key_[0-9a-f-]{36}$/

/** `arunika-server apps revoke-key` */
export async function revokeKeyCommand(
  appId: string,
  keyId: string,
  options: { json: boolean } & DatabaseOptions,
): Promise<void> {
  checkAppId(appId)
  // It is not repeated: it may be the key itself.
  if (!KEY_ID.test(keyId)) throw new Error('KEY_ID must be a key id: key_… See arunika-server apps list.')
  await withExistingDatabase(options, async (services) => {
    await validKeysOf(services, appId)
    if (!(await revokeApiKey(services, appId, keyId))) {
      throw new Error(`The app ${appId} has no key ${keyId}. See arunika-server apps list.`)
    }
    const left = (await validKeysOf(services, appId)).map(({ keyId }) => keyId)
    if (options.json) {
      console.log(JSON.stringify({ appId, keyId, stillValid: left }))
      return
    }
    console.log(`${keyId} is revoked.`)
    if (left.length > 0) console.log(`Still valid: ${left.join(', ')}`)
    else console.log(`The app has no valid key now: arunika-server apps rotate-key ${appId} makes one.`)
  })
}
