/** A program, with its types in comments, that signs a webhook, verifies it, and receives it by each adapter; it fails where one of them does. */
export const RECEIVING = `
import { createServer/*, type Server*/ } from 'node:http'
/*import type { AddressInfo } from 'node:net'*/
import { createReceiver, verify, verifySync } from '@arunika/receiver'
import { expressReceiver } from '@arunika/receiver/express'
import { fastifyReceiver } from '@arunika/receiver/fastify'
import { fetchReceiver } from '@arunika/receiver/fetch'
import { nodeReceiver } from '@arunika/receiver/node'
import { arunika } from '@arunika/receiver/providers'
import { sign } from '@arunika/receiver/testing'
import { Router } from 'express'
import { fastify } from 'fastify'

const provider = arunika({ secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' })
const delivery = await sign(provider, { id: 'msg_1', body: { type: 'order.shipped' } })
for (const webhook of [await verify(provider, delivery), verifySync(provider, delivery)]) {
  if (webhook.type !== 'order.shipped') throw new Error('it verified ' + webhook.type)
}

const handled/*: string[]*/ = []
const receiver = () =>
  createReceiver({ provider, onError: () => undefined }).on('order.shipped', (event) => handled.push(event.id))

const handle = fetchReceiver(receiver())
await answersBy((body) => handle(new Request('http://localhost/', { method: 'POST', headers: delivery.headers, body })))
await overHttp(createServer(nodeReceiver(receiver())))
const router = Router()
router.all('/', expressReceiver(receiver()))
await overHttp(createServer((request, response) => router(request/* as never*/, response/* as never*/, () => response.end())))
const app = fastify()
app.register(fastifyReceiver, { receiver: receiver(), path: '/' })
await app.ready()
await overHttp(app.server)
if (handled.length !== 4) throw new Error('it handled ' + handled.length)

async function overHttp(server/*: Server*/) {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)))
  const url = 'http://127.0.0.1:' + (server.address()/* as AddressInfo*/).port
  await answersBy((body) => fetch(url, { method: 'POST', headers: delivery.headers, body }))
  server.closeAllConnections()
  server.close()
}

async function answersBy(post/*: (body: string | Uint8Array<ArrayBuffer>) => Promise<Response>*/) {
  const answers = [await post(delivery.body), await post('{"type":"order.paid"}')]
  const statuses = answers.map((answer) => answer.status).join()
  if (statuses !== '200,401') throw new Error('it answered ' + statuses)
}
`

/** The same program in TypeScript. */
export const TYPED_RECEIVING = RECEIVING.replaceAll(/\/\*(.*?)\*\//g, '$1')
