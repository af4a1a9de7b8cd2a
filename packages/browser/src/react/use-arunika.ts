import type { AnyEvents, EventMap } from '@arunika/protocol'
import { useContext } from 'react'
import type { Arunika } from '../arunika'
import { ArunikaContext } from './arunika-context'

/**
 * The client of the {@link ArunikaProvider} around the component; the same one at each render.
 *
 * @typeParam Events - The app's event types and the metadata of each; any type goes where left out.
 * @throws TypeError where there is no provider around the component.
 * @example
 * const arunika = useArunika<ShopEvents>()
 * return <button onClick={() => arunika.logActivity('cart_opened')}>Cart</button>
 */
export function useArunika<Events extends EventMap<Events> = AnyEvents>(): Arunika<Events> {
  const arunika = useContext(ArunikaContext)
  if (!arunika)
    throw new TypeError('useArunika and usePageView need an <ArunikaProvider> around the component')
  return arunika
}
