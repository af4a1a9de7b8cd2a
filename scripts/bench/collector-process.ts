// The server that every SDK sends to, in a process of its own, so that its work is not the subject's. It answers each as its own
// server would, and counts; it verifies nothing.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import type { Count, FromCollector, ToCollector } from './collector'

/** How the events of a request are found, and what answers it. */
interface Route {
  path: RegExp
  eventsIn: (body: unknown) => unknown[]
  answer: (events: number, query: URLSearchParams) => string
}

const ROUTES: Route[] = [
  {
    path: /^\/api\/(events|webhooks)$/,
    eventsIn: (body) => listIn(body, 'events'),
    answer: (events) => JSON.stringify({ accepted: events, duplicates: 0, rejected: [] }),
  },
  {
    path: /^\/2\/httpapi$/,
    eventsIn: (body) => listIn(body, 'events'),
    answer: (events) =>
      JSON.stringify({
        code: 200,
        events_ingested: events,
        payload_size_bytes: 1,
        server_upload_time: Date.now(),
      }),
  },
  {
    path: /^\/track\/?$/,
    eventsIn: list,
    answer: (_, query) => (query.get('verbose') === '0' ? '1' : '{"error":null,"status":1}'),
  },
  {
    path: /^\/(e|i\/v0\/e|batch)\/?$/,
    eventsIn: (body) => {
      const batch = listIn(body, 'batch')
      return batch.length > 0 ? batch : list(body)
    },
    answer: () => '{"status":"Ok"}',
  },
  { path: /^\/v1\/batch$/, eventsIn: (body) => listIn(body, 'batch'), answer: () => '{"success":true}' },
  { path: /^\/v1\/[a-z]$/, eventsIn: list, answer: () => '{"success":true}' },
  {
    path: /^\/com\.snowplowanalytics\.snowplow\/tp2$/,
    eventsIn: (body) => listIn(body, 'data'),
    answer: () => 'ok',
  },
]

let isIll = false
let delayMs = 0
let count = nothing()
/** An SDK says the same again after an answer that it did not get. */
const eventIds = new Set<string>()

const server = createServer((request, response) => {
  void handle(request, response).catch((error: unknown) => {
    count.problems.push(String(error))
    respond(request, response, 500, '{}')
  })
})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  tell({ endpoint: `http://127.0.0.1:${port}` })
})

process.on('message', (message: ToCollector) => {
  if (message.reset) {
    count = nothing()
    eventIds.clear()
  }
  if (message.isIll !== undefined) isIll = message.isIll
  if (message.delayMs !== undefined) delayMs = message.delayMs
  tell({ count })
})
// The benchmark has ended, however it did.
process.on('disconnect', () => process.exit())

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'OPTIONS') {
    count.preflights++
    respond(request, response, 204, '')
    return
  }
  const [path = '/', query = ''] = (request.url ?? '/').split('?')
  const route = ROUTES.find((one) => one.path.test(path))
  if (route === undefined) {
    count.problems.push(`${request.method} ${path} is not known`)
    respond(request, response, 404, '{}')
    return
  }
  count.requests++
  count.firstRequestAt ??= Date.now()
  const bytes = await buffer(request)
  count.bytes += bytes.length
  const body = parse(bytes.length > 0 ? bytes : Buffer.from(query))
  if (isIll) {
    respond(request, response, 503, '{"code":"unavailable","detail":"The collector is ill"}')
    return
  }
  if (delayMs > 0) await sleep(delayMs)
  const events = route.eventsIn(body)
  respond(request, response, 200, route.answer(events.length, new URLSearchParams(query)))
  for (const event of events) {
    const id = idOf(event as Identified)
    if (id !== undefined && eventIds.has(id)) {
      count.repeated++
      continue
    }
    if (id !== undefined) eventIds.add(id)
    count.events++
  }
  if (events.length > 0) count.lastEventAt = Date.now()
}

/** Where each SDK puts the id by which its server knows an event that comes twice. */
type Identified = Partial<Record<'eventId' | 'uuid' | 'messageId' | 'insert_id' | 'eid', string>> & {
  properties?: { $insert_id?: string }
}

function idOf(event: Identified): string | undefined {
  const { eventId, uuid, messageId, insert_id: insertId, eid, properties } = event
  return eventId ?? uuid ?? messageId ?? insertId ?? eid ?? properties?.$insert_id
}

function respond(request: IncomingMessage, response: ServerResponse, status: number, body: string): void {
  const { origin } = request.headers
  response.writeHead(status, {
    'content-type': 'application/json',
    'access-control-allow-origin': origin ?? '*',
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*',
    'access-control-max-age': '600',
  })
  response.end(body)
}

/** JSON, or a form with JSON in its `data`; zipped or not, and whatever the headers say of it. */
function parse(bytes: Buffer): unknown {
  const isZipped = bytes[0] === 0x1f && bytes[1] === 0x8b
  const text = (isZipped ? gunzipSync(bytes) : bytes).toString()
  if (/^\s*[[{]/.test(text)) return JSON.parse(text) as unknown
  const data = new URLSearchParams(text).get('data') ?? ''
  return JSON.parse(/^\s*[[{]/.test(data) ? data : Buffer.from(data, 'base64').toString()) as unknown
}

function list(body: unknown): unknown[] {
  return Array.isArray(body) ? body : [body]
}

function listIn(body: unknown, field: string): unknown[] {
  const value = (body as Record<string, unknown> | null)?.[field]
  return Array.isArray(value) ? value : []
}

function nothing(): Count {
  return {
    requests: 0,
    preflights: 0,
    bytes: 0,
    events: 0,
    repeated: 0,
    firstRequestAt: null,
    lastEventAt: null,
    problems: [],
  }
}

function tell(message: FromCollector): void {
  process.send?.(message)
}
