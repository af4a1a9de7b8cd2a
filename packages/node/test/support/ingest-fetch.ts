import { gunzipSync } from 'node:zlib'
import type { ServerEvent } from '@arunika/protocol'

/** One request as the stubbed fetch got it. */
interface StubbedRequest {
  url: string
  headers: Headers
  body: Uint8Array
  events: ServerEvent[]
}

/** A fetch that takes every event, and keeps what it was sent. */
export function ingestFetch() {
  const requests: StubbedRequest[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    const body = new Uint8Array(await request.arrayBuffer())
    const json = request.headers.get('content-encoding') === 'gzip' ? gunzipSync(body) : Buffer.from(body)
    const { events } = JSON.parse(json.toString()) as { events: ServerEvent[] }
    requests.push({ url: request.url, headers: request.headers, body, events })
    return Response.json({ accepted: events.length, duplicates: 0, rejected: [] })
  }
  return { fetch, requests }
}
