// Sends a delivery as the sender would: `npm run send`, or `npm run send -- order-7` twice, to see that it is handled once.
import { standardWebhooks } from '@arunika/receiver/providers'
import { sign } from '@arunika/receiver/testing'
import { settings } from './settings'

const orderId = process.argv[2] ?? `order-${Date.now()}`
const { headers, body } = await sign(standardWebhooks({ secret: settings.secret }), {
  id: `msg_${orderId}`,
  body: { type: 'order.shipped', data: { orderId, carrier: 'post' } },
})
const answer = await fetch(`http://127.0.0.1:${settings.port}/webhooks`, { method: 'POST', headers, body })
console.log(answer.status, await answer.text())
