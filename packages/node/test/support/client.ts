import { Arunika, type ArunikaEvents, type ArunikaOptions } from '../../src/index'
import { API_KEY, APP_ID } from './credentials'

/** A client of a server, and all that it tells. */
export function startClient(endpoint: string, options: Partial<ArunikaOptions> = {}) {
  const arunika = new Arunika({ appId: APP_ID, apiKey: API_KEY, endpoint, ...options })
  const told: { [Name in keyof ArunikaEvents]: ArunikaEvents[Name][] } = {
    delivered: [],
    rejected: [],
    dropped: [],
    error: [],
    drain: [],
  }
  arunika.on('delivered', (value) => told.delivered.push(value))
  arunika.on('rejected', (value) => told.rejected.push(value))
  arunika.on('dropped', (value) => told.dropped.push(value))
  arunika.on('error', (value) => told.error.push(value))
  arunika.on('drain', (value) => told.drain.push(value))

  const deliveredTypes = () =>
    told.delivered.flatMap(({ events }) => events.map(({ eventType }) => eventType))

  /** Resolves with the next thing that is told by this name. */
  const next = <Name extends keyof ArunikaEvents>(name: Name) =>
    new Promise<ArunikaEvents[Name]>((resolve) => {
      const stop = arunika.on(name, (value) => {
        stop()
        resolve(value)
      })
    })

  return { arunika, told, deliveredTypes, next }
}
