import type { AnyEvents, EventMap } from '@arunika/protocol'
import type { Plugin } from 'vue'
import { clientOf, type ClientSource } from '../client-source'
import { ARUNIKA } from './arunika-key'
import { followRouter, type PageRouter } from './follow-router'

/**
 * What {@link createArunika} is given: a `client`, or the `options` to make one with.
 *
 * @typeParam Events - The app's event types and the metadata of each.
 */
export type ArunikaPluginOptions<Events extends EventMap<Events> = AnyEvents> = ClientSource<Events> & {
  /**
   * The app's vue-router, whose pages are then reported: the first one, each navigation that ends on another path, and a page that
   * comes back from the back/forward cache. Leave the option `autoPageViews` off beside it.
   * @defaultValue none: the app calls `trackPageView` itself
   */
  router?: PageRouter | undefined
}

/**
 * The plugin that gives an app's components their client. With `options` it makes one for the page, and every plugin with the
 * same `appId` and `endpoint` has that one. Unmounting the app ends its page views, and closes no client: what waits is delivered
 * for as long as the page lives. On a server that renders pages the client does nothing.
 *
 * @throws OptionsError where neither is given, or an option is wrong.
 * @example
 * const options = { appId: 'app_shop', endpoint: 'https://events.example.com' }
 * createApp(App).use(router).use(createArunika({ options, router })).mount('#app')
 */
export function createArunika<Events extends EventMap<Events> = AnyEvents>(
  given: ArunikaPluginOptions<Events>,
): Plugin<[]> {
  const arunika = clientOf(given)
  return {
    install(app) {
      app.provide(ARUNIKA, arunika)
      if (!given.router || typeof document === 'undefined') return
      const stop = followRouter(given.router, arunika)
      // `app.onUnmount` is Vue 3.5's.
      const unmount = app.unmount.bind(app)
      app.unmount = () => {
        stop()
        unmount()
      }
    },
  }
}
