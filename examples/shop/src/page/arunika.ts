import { init } from '@arunika/browser'
import type { ShopEvents } from '../events'
import type { PageConfig } from '../shop-api'

const config = (await (await fetch('/config.json')).json()) as PageConfig

/** The one client of the page. The visitor watches their events arrive, so they do not wait for the usual 5 seconds. */
export const arunika = init<ShopEvents>({ ...config, flushIntervalMs: 250 })

arunika.on('rejected', ({ event, detail }) => console.warn(`${event.eventType} was refused: ${detail}`))
arunika.on('dropped', ({ event, reason }) => console.warn(`${event.eventType} was lost: ${reason}`))
