import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { median, round, type Findings, type Table } from '../../../../scripts/bench/figure'
import type { Setup } from '../setup'
import { burst } from '../subject'
import { OURS } from '../subjects'

const compress = promisify(gzip)

/** A server that is a continent away. */
const DELAY_MS = 50
const REQUESTS = [1, 2, 4, 8]
const BATCHES = [1, 3, 10, 30, 100, 1_000]

/** What the defaults of `maxRequests` and of gzip rest on. */
export async function measureDefaults(setup: Setup): Promise<Findings> {
  return { figures: [], tables: [await measureRequests(setup), await measureGzip(setup)] }
}

async function measureRequests(setup: Setup): Promise<Table> {
  const [ours] = setup.installed
  if (ours === undefined) throw new Error('ours is not installed')
  const rows: Table['rows'] = []
  for (const maxRequests of REQUESTS) {
    setup.progress(`defaults: ${maxRequests} requests at once`)
    const subject = { ...OURS, settings: { maxRequests } }
    const { events, ms, requests } = await burst(setup, { ...ours, subject }, DELAY_MS)
    rows.push({ maxRequests, 'events/s': Math.round((events / ms) * 1_000), requests })
  }
  return { title: `Requests at once, to a server that answers after ${DELAY_MS} ms`, rows }
}

/** Where compressing takes as long as it saves: on a slower network than this a batch arrives earlier for it. */
async function measureGzip({ progress, isQuick }: Setup): Promise<Table> {
  progress('defaults: gzip')
  const rows: Table['rows'] = []
  for (const events of BATCHES) {
    const body = Buffer.from(
      JSON.stringify({ events: Array.from({ length: events }, (_, index) => eventOf(index)) }),
    )
    const times: number[] = []
    let zipped = body
    for (let run = 0; run < (isQuick ? 20 : 200); run++) {
      const start = performance.now()
      zipped = await compress(body, { level: 1 })
      times.push(performance.now() - start)
    }
    const ms = median(times)
    rows.push({
      events,
      bytes: body.length,
      'bytes zipped': zipped.length,
      ms: round(ms, 3),
      'pays below Mbit/s': Math.round(((body.length - zipped.length) * 8) / 1_000 / ms),
    })
  }
  return { title: 'gzip at level 1', rows }
}

function eventOf(index: number): object {
  return {
    eventId: crypto.randomUUID(),
    timestamp: new Date(1_800_000_000_000 + index * 7).toISOString(),
    eventType: 'payment_processed',
    description: 'Paid an order',
    eventData: { orderId: `order-${index}`, amount: 19.9 },
    identifier: { userId: `user-${index % 1_000}` },
    context: { library: { name: '@arunika/node', version: '0.1.0' }, host: 'web-1' },
  }
}
