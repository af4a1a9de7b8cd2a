import type { AnyEvents, EventMap } from '@arunika/protocol'
import type { Arunika } from './arunika'
import { createClient } from './client'
import { createInertClient } from './inert-client'
import type { ArunikaOptions } from './options'
import { resolveOptions } from './resolve-options'

/**
 * Starts reporting what the person on this page does. Call it once a page. Where there is no page (a server that renders
 * one), the client does nothing.
 *
 * @typeParam Events - The app's event types and the metadata of each: a wrong name or shape is then a compile error.
 * @throws OptionsError where an option is wrong or unknown. Nothing throws after that.
 * @example
 * const arunika = init({ appId: 'app_shop', endpoint: 'https://events.example.com' })
 * arunika.trackPageView()
 */
export function init<Events extends EventMap<Events> = AnyEvents>(options: ArunikaOptions): Arunika<Events> {
  const resolved = resolveOptions(options)
  return typeof document === 'undefined' ? createInertClient() : createClient(resolved)
}
