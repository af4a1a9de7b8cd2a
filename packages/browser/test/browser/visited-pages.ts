import type { Arunika, ArunikaOptions } from '@arunika/browser'
import { onTestFinished } from 'vitest'
import { newAppId, type ScriptedServer } from './page'

/** The options of a client that sends nothing of its own accord. */
export function quiet(appId = newAppId()): ArunikaOptions {
  return { appId, endpoint: 'https://events.example.com', flushAt: 1_000, flushIntervalMs: 3_600_000 }
}

/** Puts the address bar back when the test ends. */
export function keepAddress(): void {
  const { href } = location
  onTestFinished(() => history.replaceState(null, '', href))
}

/** Where the page is from now on. */
export function at(path: string): void {
  history.replaceState(null, '', path)
}

/** The paths of all page views that these clients have sent. */
export async function pageViews(server: ScriptedServer, ...clients: Arunika[]): Promise<string[]> {
  await Promise.all(clients.map((client) => client.flush()))
  const events = server.requests.flatMap(({ body }) => body.events)
  return events.map(
    ({ eventType, context }) => `${eventType === 'page_view' ? '' : eventType}${context?.page?.path ?? ''}`,
  )
}

/** The page is left for another site, and comes back as it was. */
export function comeBack(): void {
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
}

/** Prerenders the page, as a browser does with one that it expects to be visited; gives what shows it. */
export function prerender(): () => void {
  Object.defineProperty(document, 'prerendering', { value: true, configurable: true })
  const show = () => {
    Reflect.deleteProperty(document, 'prerendering')
    document.dispatchEvent(new Event('prerenderingchange'))
  }
  onTestFinished(() => void Reflect.deleteProperty(document, 'prerendering'))
  return show
}
