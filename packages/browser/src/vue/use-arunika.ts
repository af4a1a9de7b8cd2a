import type { AnyEvents, EventMap } from '@arunika/protocol'
import { inject } from 'vue'
import type { Arunika } from '../arunika'
import { ARUNIKA } from './arunika-key'

/**
 * The client of the app, for a component's setup, or wherever else Vue injects: stores, navigation guards.
 *
 * @typeParam Events - The app's event types and the metadata of each; any type goes where left out.
 * @throws TypeError where the app has no plugin of {@link createArunika}, or where it is called elsewhere.
 * @example
 * const arunika = useArunika<ShopEvents>()
 * const openCart = () => arunika.logActivity('cart_opened')
 */
export function useArunika<Events extends EventMap<Events> = AnyEvents>(): Arunika<Events> {
  const arunika = inject(ARUNIKA, null)
  if (!arunika) throw new TypeError('useArunika needs app.use(createArunika(…)), and to be called in a setup')
  return arunika
}
