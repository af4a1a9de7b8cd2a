import { checkAppRequest } from '../admin/app-request'
import { createApp } from '../admin/apps'
import { openDatabase } from '../store/open-database'
import { Writer } from '../store/writer'
import { databaseIn, type DatabaseOptions } from './database-in'
import { fail } from './fail'

/** `arunika-server apps create`: also while a server runs on the same data. */
export async function createAppCommand(
  options: {
    name: string
    requireSignature: boolean
    json: boolean
  } & DatabaseOptions,
): Promise<void> {
  const { name, requireSignature, json } = options
  try {
    const request = checkAppRequest({ name, requireSignature })
    const database = await openDatabase(databaseIn(options))
    const writer = new Writer(database.writing, () => undefined)
    const { app, apiKey } = await createApp({ writer, now: Date.now }, request)
    await database.close()
    if (json) {
      console.log(JSON.stringify({ appId: app.appId, apiKey }))
    } else {
      console.log(`App id:   ${app.appId}`)
      console.log(`API key:  ${apiKey}   (keep it now: it is not shown again)`)
    }
  } catch (error) {
    fail(error)
  }
}
