import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { hostname } from 'node:os'
import { DESCRIPTION, metadataOf, TYPE, userOf } from './event.mjs'

const BATCH = 1_000
const IN_FLIGHT = 4

/** The limit: arrays of events, `JSON.stringify`, and POSTs over kept connections, with nothing checked, kept, signed or repeated. */
export function start({ endpoint }) {
  const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT })
  const context = { library: { name: 'raw', version: '0.0.0' }, host: hostname() }
  const posts = []
  let events = []

  function send() {
    const body = JSON.stringify({ events })
    events = []
    posts.push(post(`${endpoint}/api/webhooks`, body, agent))
  }

  return {
    log(index) {
      const timestamp = new Date().toISOString()
      const identifier = { userId: userOf(index) }
      const eventData = metadataOf(index)
      events.push({
        eventId: randomUUID(),
        timestamp,
        eventType: TYPE,
        description: DESCRIPTION,
        eventData,
        identifier,
        context,
      })
      if (events.length === BATCH) send()
    },
    async flush() {
      if (events.length > 0) send()
      await Promise.all(posts)
    },
  }
}

function post(url, body, agent) {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const call = request(url, { method: 'POST', agent, headers }, (response) =>
      response.resume().on('end', resolve),
    )
    call.on('error', reject).end(body)
  })
}
