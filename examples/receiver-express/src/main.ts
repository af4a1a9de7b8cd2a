import type { AddressInfo } from 'node:net'
import { createApp } from './app'
import { clientOf, openDatabase } from './database'
import { settings } from './settings'
import { Shipments } from './shipments'
import { webhooks } from './webhooks'

const database = openDatabase(settings.database)
const shipments = new Shipments(database)
const secrets = settings.oldSecret === undefined ? [settings.secret] : [settings.secret, settings.oldSecret]
const app = createApp(webhooks(secrets, clientOf(database), shipments), shipments)

const server = app.listen(settings.port, '127.0.0.1', () => {
  console.log(`Webhooks are taken at http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`)
})

process.once('SIGTERM', () => {
  server.close(() => database.close())
  server.closeIdleConnections()
})
