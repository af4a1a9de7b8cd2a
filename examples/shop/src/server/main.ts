import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { Arunika } from '@arunika/node'
import type { ShopEvents } from '../events'
import { createApp } from './app'
import { ArunikaReader } from './arunika-reader'
import { ArunikaStream } from './arunika-stream'
import { readConfig } from './config'
import { Orders } from './orders'
import { TimelineRelay } from './timeline-relay'

const HOST = '127.0.0.1'

const config = readConfig(process.env)
const { endpoint, appId, apiKey } = config

// The visitor watches their events arrive, so they do not wait for the usual 5 seconds.
const arunika = new Arunika<ShopEvents>({ endpoint, appId, apiKey, flushIntervalMs: 250 })
arunika.on('rejected', ({ event, detail }) => console.warn(`${event.eventType} was refused: ${detail}`))
arunika.on('dropped', ({ event, reason }) => console.warn(`${event.eventType} was lost: ${reason}`))

const stream = new ArunikaStream(config)
const orders = new Orders()
const relay = new TimelineRelay(stream, new ArunikaReader(config))
const page = fileURLToPath(new URL('./page', import.meta.url))
const server = createServer(createApp({ config, arunika, orders, relay, page }))

server.listen(config.port, HOST)
await once(server, 'listening')
const { port } = server.address() as AddressInfo
console.log(`The shop is open at http://${HOST}:${port}`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())

/** Takes no more requests, delivers the events that wait, and lets the process end. */
async function stop(): Promise<void> {
  orders.close()
  server.close()
  server.closeAllConnections()
  stream.close()
  await arunika.shutdown({ timeoutMs: 5_000 })
}
