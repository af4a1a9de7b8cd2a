import type { AnyEvents, EventMap } from '@arunika/protocol'
import { createElement, type ReactElement, type ReactNode } from 'react'
import { clientOf, type ClientSource } from '../client-source'
import { ArunikaContext } from './arunika-context'

/**
 * What {@link ArunikaProvider} is given: a `client`, or the `options` to make one with, and the components that use it.
 *
 * @typeParam Events - The app's event types and the metadata of each.
 */
export type ArunikaProviderProps<Events extends EventMap<Events> = AnyEvents> = ClientSource<Events> & {
  children?: ReactNode
}

/**
 * Gives the components below it their client. With `options` it makes one for the page, at the first render in a browser; every
 * later render, StrictMode's second one and a provider that is mounted anew have the same. Unmounting closes no client: what
 * waits is delivered for as long as the page lives. On a server that renders pages the client does nothing.
 *
 * @throws OptionsError where neither is given, or an option is wrong.
 * @example
 * <ArunikaProvider options={{ appId: 'app_shop', endpoint: 'https://events.example.com' }}>
 *   <App />
 * </ArunikaProvider>
 */
export function ArunikaProvider<Events extends EventMap<Events> = AnyEvents>(
  props: ArunikaProviderProps<Events>,
): ReactElement {
  return createElement(ArunikaContext.Provider, { value: clientOf(props) }, props.children)
}
