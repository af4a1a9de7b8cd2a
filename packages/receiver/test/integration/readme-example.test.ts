import { createReceiver } from '@arunika/receiver'
import { expressReceiver } from '@arunika/receiver/express'
import { arunika } from '@arunika/receiver/providers'
import { sign } from '@arunika/receiver/testing'
import express from 'express'
import { expect, it } from 'vitest'
import { listen } from './listen'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

interface Events {
  'order.shipped': { orderId: string }
}

it('takes a webhook of Arunika, as README.md shows it', async () => {
  const notified: string[] = []
  const receiver = createReceiver<Events>({ provider: arunika({ secret }) }).on(
    'order.shipped',
    async (event) => {
      await Promise.resolve()
      notified.push(event.data.orderId)
    },
  )
  const app = express()
  app.post('/webhooks/arunika', expressReceiver(receiver))
  app.use(express.json())
  const { url } = await listen(app)

  const delivery = await sign(arunika({ secret }), {
    id: 'msg_1',
    body: {
      id: 'msg_1',
      type: 'order.shipped',
      timestamp: new Date().toISOString(),
      data: { orderId: 'o-1' },
    },
  })
  const post = () => fetch(url, { method: 'POST', ...delivery })
  const answers = [await post(), await post()]

  for (const answer of answers) {
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ received: true, id: 'msg_1' })
  }
  expect(notified).toEqual(['o-1'])
})
