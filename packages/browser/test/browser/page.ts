import { init, type Arunika, type ArunikaEvents, type ArunikaOptions } from '@arunika/browser'
import { ROUTES, type ArunikaEvent } from '@arunika/protocol'
import { onTestFinished, vi } from 'vitest'

/** A request as it left the page. */
export interface Sent {
  path: string
  contentType: string | null
  keepalive: boolean
  text: string
  body: { appId: string; sessionId: string; sentAt: string; events: ArunikaEvent[]; [field: string]: unknown }
}

type Answer = (request: Sent) => Response | Promise<Response>

/** A server that answers in the page: for scripted statuses, which a real one gives only when it is ill. */
export interface ScriptedServer {
  requests: Sent[]
  /** How it answers from now on. */
  answer: Answer
}

/** Every event is stored, and everybody is `p_1`. */
export const well: Answer = ({ path, body }) =>
  path === ROUTES.profile
    ? Response.json({ profileId: 'p_1', status: 'active' })
    : Response.json({ accepted: body.events.length, duplicates: 0, rejected: [] })

export const unavailable: Answer = () =>
  Response.json({ code: 'unavailable', detail: 'closed' }, { status: 503 })

export const unreachable: Answer = () => Promise.reject(new TypeError('Failed to fetch'))

/** Answers the page's requests until the test ends. */
export function scriptServer(): ScriptedServer {
  const server: ScriptedServer = { requests: [], answer: well }
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const request = new Request(url, init)
    const text = await request.text()
    const sent = {
      path: new URL(request.url).pathname,
      contentType: request.headers.get('content-type'),
      keepalive: request.keepalive,
      text,
      body: JSON.parse(text) as Sent['body'],
    }
    server.requests.push(sent)
    return server.answer(sent)
  })
  onTestFinished(() => void vi.unstubAllGlobals())
  return server
}

/** An app that no other test has. */
export function newAppId(): string {
  return `app_${crypto.randomUUID().replaceAll('-', '')}`
}

/** A client that sends nothing of its own accord, unless the options say so; closed when the test ends. */
export function start(options: Partial<ArunikaOptions> = {}): Arunika {
  const arunika = init({
    appId: newAppId(),
    endpoint: 'https://events.example.com',
    flushAt: 1_000,
    flushIntervalMs: 3_600_000,
    ...options,
  })
  onTestFinished(() => arunika.close())
  return arunika
}

/** The next thing that a client tells by a name. */
export function told<Name extends keyof ArunikaEvents>(
  arunika: Arunika,
  name: Name,
): Promise<ArunikaEvents[Name]> {
  return new Promise((resolve) => {
    const stop = arunika.on(name, (value) => {
      stop()
      resolve(value)
    })
  })
}

/** Everything that a client tells, in order. */
export function record(arunika: Arunika): { name: keyof ArunikaEvents; value: unknown }[] {
  const all: { name: keyof ArunikaEvents; value: unknown }[] = []
  for (const name of ['delivered', 'rejected', 'dropped', 'error'] as const) {
    arunika.on(name, (value) => all.push({ name, value }))
  }
  return all
}

/** The types of the events in a request, in order. */
export function typesIn(request: Sent | undefined): string[] {
  return request?.body.events.map(({ eventType }) => eventType) ?? []
}
