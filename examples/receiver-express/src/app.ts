import type { WebhookEndpoint } from '@arunika/receiver'
import { expressReceiver } from '@arunika/receiver/express'
import express, { type Express } from 'express'
import type { Shipments } from './shipments'

/** The backend: its webhooks, and its own routes. */
export function createApp(receiver: WebhookEndpoint, shipments: Shipments): Express {
  const app = express()
  // Before the body parser, since a signature covers the exact bytes.
  app.post('/webhooks', expressReceiver(receiver))
  app.use(express.json())
  app.get('/shipments', (_request, response) => {
    response.json(shipments.all())
  })
  return app
}
