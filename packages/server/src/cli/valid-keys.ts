import { APP_ID_FORM, isAppId, type ApiKey } from '@arunika/protocol'
import { listApiKeys } from '../admin/api-keys'
import type { CommandServices } from './with-database'

/** @throws Error where it is no app id. It is not repeated: it may be a key that was given by mistake. */
export function checkAppId(appId: string): void {
  if (!isAppId(appId)) throw new Error(`APP_ID must be ${APP_ID_FORM}. See arunika-server apps list.`)
}

/** The keys of an app that are valid, newest first. @throws Error where there is no such app */
export async function validKeysOf({ db }: CommandServices, appId: string): Promise<ApiKey[]> {
  const keys = await listApiKeys(db, appId)
  if (keys === null) throw new Error(`There is no app ${appId} here. See arunika-server apps list.`)
  return keys.filter(({ revokedAt }) => revokedAt === null)
}
