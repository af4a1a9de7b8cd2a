import { checkAppRequest } from '../admin/app-request'
import { createApp } from '../admin/apps'
import type { DatabaseOptions } from './database-in'
import { withDatabase } from './with-database'

/** `arunika-server apps create` */
export async function createAppCommand(
  options: {
    name: string
    requireSignature: boolean
    json: boolean
  } & DatabaseOptions,
): Promise<void> {
  const { name, requireSignature, json } = options
  const request = checkAppRequest({ name, requireSignature })
  await withDatabase(options, async (services) => {
    const { app, apiKey } = await createApp(services, request)
    if (json) {
      console.log(JSON.stringify({ appId: app.appId, apiKey }))
    } else {
      console.log(`App id:   ${app.appId}`)
      console.log(`API key:  ${apiKey}   (keep it now: it is not shown again)`)
    }
  })
}
