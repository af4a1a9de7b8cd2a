import { createRequire } from 'node:module'
import { propertiesOf, TYPE, userOf } from './event.mjs'

/** By its `track`, a request for each event; by its `track_batch`, for which the app gathers events itself. */
export function start({ folder, endpoint, settings: { gather = 1, ...batch } }) {
  const { hostname: host, port } = new URL(endpoint)
  const mixpanel = createRequire(`${folder}/`)('mixpanel').init('token', { host, port, protocol: 'http' })
  const calls = []
  let events = []

  function log(index) {
    const properties = { distinct_id: userOf(index), ...propertiesOf(index) }
    if (gather === 1) {
      calls.push(new Promise((resolve) => mixpanel.track(TYPE, properties, resolve)))
    } else if (events.push({ event: TYPE, properties: { time: new Date(), ...properties } }) === gather) {
      send()
    }
  }

  function send() {
    const gathered = events
    events = []
    calls.push(new Promise((resolve) => mixpanel.track_batch(gathered, batch, resolve)))
  }

  return {
    log,
    flush() {
      if (events.length > 0) send()
      return Promise.all(calls)
    },
  }
}
