import { OptionsError } from '@arunika/core'
import type { AnyEvents, EventMap } from '@arunika/protocol'
import type { Arunika } from './arunika'
import { init } from './init'
import type { ArunikaOptions } from './options'

/**
 * Where a framework's adapter has its client from: the app made it, or gives the options to make it with.
 *
 * @typeParam Events - The app's event types and the metadata of each.
 */
export type ClientSource<Events extends EventMap<Events> = AnyEvents> =
  | {
      /** The client, made by `init`. */
      client: Arunika<Events>
      options?: undefined
    }
  | {
      /**
       * What `init` is given, once a page for an `appId` and `endpoint`: whoever comes with the same two later gets that client,
       * whatever the other options are. It lives as long as the page.
       */
      options: ArunikaOptions
      client?: undefined
    }

const clients = new Map<string, Arunika>()

/**
 * The client of a source. React may render a component twice, or give up what it rendered: that makes no second client.
 *
 * @throws OptionsError where neither is given, or an option is wrong.
 */
export function clientOf({ client, options }: Partial<ClientSource>): Arunika {
  if (client) return client
  if (!options) throw new OptionsError('client', 'or options must be given')
  // A server keeps none: it may render the pages of any number of apps.
  if (typeof document === 'undefined') return init(options)
  const key = JSON.stringify([options.appId, options.endpoint])
  const made = clients.get(key) ?? init(options)
  clients.set(key, made)
  return made
}
