import { hostname } from 'node:os'
import type { EventContext } from '@arunika/protocol'
import { name, version } from '../package.json'

/** The context of every event: which library made it, and on which host. */
export function origin(): EventContext {
  return { library: { name, version }, host: hostname() }
}
