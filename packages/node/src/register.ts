import type { AnyEvents } from '@arunika/protocol'

/**
 * The place to declare the app's events, so that they are known on requests too.
 *
 * @example
 * declare module '@arunika/node' {
 *   interface Register {
 *     events: ShopEvents
 *   }
 * }
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- apps add the field
export interface Register {}

/** The events that the app has declared; any where it has not. */
export type RegisteredEvents = Register extends { events: infer Events } ? Events : AnyEvents
