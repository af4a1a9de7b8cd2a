import { createReceiver, sqlIdempotency, type SqlClient } from '@arunika/receiver'
import { standardWebhooks } from '@arunika/receiver/providers'
import * as v from 'valibot'
import type { Shipments } from './shipments'

/** What the sender promises of each type. Anything else is answered with 422. */
const schemas = {
  'order.shipped': v.object({ orderId: v.string(), carrier: v.picklist(['post', 'courier']) }),
  'order.cancelled': v.object({ orderId: v.string() }),
}

/**
 * The shop's receiver.
 *
 * @param secrets - The newest first.
 */
export function webhooks(secrets: string[], client: SqlClient, shipments: Shipments) {
  return createReceiver({
    provider: standardWebhooks({ secret: secrets }),
    schemas,
    idempotency: sqlIdempotency({ client }),
  })
    .on('order.shipped', (event) => {
      shipments.add(event.data, event.id)
    })
    .onAny((event, { attempt, matchedSecret }) => {
      console.log(`${event.type} ${event.id}: attempt ${attempt}, secret ${matchedSecret}`)
    })
}
