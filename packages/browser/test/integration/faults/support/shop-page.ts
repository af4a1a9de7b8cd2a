import { init, type Arunika, type ArunikaEvents, type ArunikaOptions } from '@arunika/browser'

/** What the client of a page has told so far. */
interface Told {
  /** The steps, each as `tab: number`. */
  delivered: string[]
  rejected: { type: string; code: string }[]
  dropped: { step: string; reason: string }[]
  /** The names of the errors. */
  errors: string[]
}

/** Steps of a tab, numbered from `from` on. */
export interface Claim {
  tab: string
  from: number
  count: number
}

declare global {
  var arunika: Arunika
  var told: Told
  /** Reports steps. */
  var steps: (claim: Claim) => void
  /** The steps that the device keeps for the app. */
  var kept: () => Promise<string[]>
}

/**
 * The script of every page of the shop: makes the client as an app does, and notes what the client tells.
 *
 * @public It is called in the bundle that a lab makes.
 */
export function startPage(options: ArunikaOptions): void {
  globalThis.arunika = init(options)
  globalThis.told = { delivered: [], rejected: [], dropped: [], errors: [] }
  arunika.on('delivered', ({ events }) => {
    told.delivered.push(...events.filter(({ eventType }) => eventType === 'step').map(nameOf))
  })
  arunika.on('rejected', ({ event, code }) => told.rejected.push({ type: event.eventType, code }))
  arunika.on('dropped', ({ event, reason }) => told.dropped.push({ step: nameOf(event), reason }))
  arunika.on('error', (error) => told.errors.push(error.name))

  globalThis.steps = ({ tab, from, count }) => {
    for (let n = from; n < from + count; n++) arunika.logActivity('step', undefined, { tab, n })
  }

  globalThis.kept = () =>
    new Promise((resolve, reject) => {
      const opening = indexedDB.open(`arunika-outbox-1-${options.appId}`)
      // Where there is none, there will be none: made here, it would not be of the client's form.
      opening.onupgradeneeded = () => opening.transaction?.abort()
      opening.onerror = () => resolve([])
      opening.onsuccess = () => {
        const reading = opening.result.transaction('items').objectStore('items').getAll()
        reading.onerror = () => reject(new Error(reading.error?.message))
        reading.onsuccess = () => {
          opening.result.close()
          resolve(Array.from(JSON.stringify(reading.result).matchAll(STEP), ([, tab, n]) => `${tab}: ${n}`))
        }
      }
    })
}

/** A step in a record, whose form is the client's own affair: JSON, and perhaps that as text in JSON. */
const STEP = /"tab\\*":\\*"([^"\\]+)\\*",\\*"n\\*":(\d+)/g

function nameOf({ eventType, eventData }: ArunikaEvents['dropped']['event']): string {
  const { tab, n } = (eventData ?? {}) as { tab?: string; n?: number }
  return tab === undefined || n === undefined ? eventType : `${tab}: ${n}`
}
