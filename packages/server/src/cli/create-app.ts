import { checkAppRequest } from '../admin/app-request'
import { createApp } from '../admin/apps'
import { openDatabase } from '../store/open-database'
import { Writer } from '../store/writer'
import { databaseIn } from './database-in'
import { fail } from './fail'

/** `arunika-server apps create`: also while a server runs on the same data. */
export async function createAppCommand(options: {
  name: string
  requireSignature: boolean
  data: string
  json: boolean
}): Promise<void> {
  const { name, requireSignature, data, json } = options
  try {
    const request = checkAppRequest({ name, requireSignature })
    const db = await openDatabase(databaseIn(data))
    const writer = new Writer(db, () => undefined)
    const { app, apiKey } = await createApp({ writer, now: Date.now }, request)
    await db.destroy()
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
