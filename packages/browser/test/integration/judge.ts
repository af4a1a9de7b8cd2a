import {
  ROUTES,
  validateBrowserBatch,
  validateProfile,
  type ArunikaEvent,
  type Checked,
  type ErrorCode,
} from '@arunika/protocol'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

/** An event as the judge has stored it. */
interface StoredEvent extends ArunikaEvent {
  sessionId: string
}

/** A server that keeps the contract as far as a browser can see it, and counts what reaches it. */
export interface Judge {
  readonly endpoint: string
  /** In the order in which they arrived, each id once. */
  readonly stored: StoredEvent[]
  /** Ids that arrived again. */
  readonly duplicates: string[]
  readonly requests: { path: string; contentType: string | undefined }[]
  readonly preflights: number
  /** Answers 503 from now on, and stores nothing. */
  isIll: boolean
  /** Resolves when this many events are stored. */
  storedCount(count: number): Promise<void>
  /** Resolves when another request has come. */
  nextRequest(): Promise<void>
  /** Refuses connections from now on. */
  stop(): Promise<void>
  /** Takes them again, at the same address. */
  restart(): Promise<void>
}

export async function startJudge(): Promise<Judge> {
  const stored = new Map<string, StoredEvent>()
  const duplicates: string[] = []
  const requests: Judge['requests'] = []
  let preflights = 0
  let waiting: (() => void)[] = []

  function store(event: ArunikaEvent, sessionId: string): boolean {
    const isNew = !stored.has(event.eventId)
    if (isNew) stored.set(event.eventId, { ...event, sessionId })
    else duplicates.push(event.eventId)
    return isNew
  }

  function answer(path: string, body: unknown): [status: number, body: object] {
    if (judge.isIll) return [503, { code: 'unavailable', detail: 'The judge is ill' }]
    if (path === ROUTES.browserEvents)
      return checked(validateBrowserBatch(body), ({ sessionId, events, rejected }) => {
        const accepted = events.filter(({ event }) => store(event, sessionId)).length
        return { accepted, duplicates: events.length - accepted, rejected }
      })
    if (path === ROUTES.profile)
      return checked(validateProfile(body), (profile) => {
        const { sessionId, eventId, email, userId } = profile
        if (eventId === undefined) throw new Error('the SDK gives every identity an id')
        const timestamp = new Date(profile.timestampMs ?? 0).toISOString()
        const eventData = { ...(email !== undefined && { email }), ...(userId !== undefined && { userId }) }
        store({ eventId, eventType: 'user_identified', timestamp, eventData }, sessionId)
        return { profileId: `profile-of-${userId ?? email ?? ''}`, status: 'active' }
      })
    return [404, { code: 'not_found', detail: path }]
  }

  async function handle(request: IncomingMessage): Promise<[status: number, body: object]> {
    if (request.method === 'OPTIONS') {
      preflights++
      return [403, {}]
    }
    const path = request.url ?? ''
    requests.push({ path, contentType: request.headers['content-type'] })
    return answer(path, await json(request))
  }

  const server = createServer((request, response) => {
    void handle(request).then(([status, body]) => {
      response.writeHead(status, { 'access-control-allow-origin': '*', 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
      const told = waiting
      waiting = []
      for (const tell of told) tell()
    })
  })
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  await listen(0)
  const { port } = server.address() as AddressInfo

  const judge: Judge = {
    endpoint: `http://127.0.0.1:${port}`,
    get stored() {
      return [...stored.values()]
    },
    duplicates,
    requests,
    get preflights() {
      return preflights
    },
    isIll: false,
    nextRequest: () => new Promise((resolve) => void waiting.push(resolve)),
    async storedCount(count) {
      while (stored.size < count) await judge.nextRequest()
    },
    async stop() {
      if (!server.listening) return
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
    restart: () => listen(port),
  }
  return judge
}

function checked<Value>(result: Checked<Value, ErrorCode>, take: (value: Value) => object): [number, object] {
  return result.ok ? [200, take(result.value)] : [400, { code: result.code, detail: result.detail }]
}
