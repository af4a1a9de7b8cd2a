import type { AnyEvents, EventMap } from '@arunika/protocol'
import type { Arunika } from './arunika'
import { QUEUED } from './pending-identities'

/**
 * A client that does nothing, for where there is no page: a server that renders one would otherwise report its own work as a
 * visitor's, all visitors' in one session.
 */
export function createInertClient<Events extends EventMap<Events> = AnyEvents>(): Arunika<Events> {
  const nothing = () => undefined
  return {
    sessionId: '',
    trackPageView: nothing,
    logActivity: nothing,
    registerUser: () => Promise.resolve(QUEUED),
    identify: () => Promise.resolve(QUEUED),
    flush: () => Promise.resolve(),
    reset: nothing,
    optOut: nothing,
    optIn: nothing,
    close: () => Promise.resolve(),
    on: () => nothing,
  }
}
