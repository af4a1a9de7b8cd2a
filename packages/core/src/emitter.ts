import { callListener } from './call-listener'
import type { ArunikaError } from './errors/arunika-error'

/** Removes the listener again. */
export type Unsubscribe = () => void

/** Calls listeners by name. What a listener throws is reported by `error`, never to whoever emits. */
export interface Emitter<Events extends { error: ArunikaError }> {
  /** Calls the listener from the next emission on: once for each time that it was given. */
  on: <Name extends keyof Events>(name: Name, listener: (value: Events[Name]) => void) => Unsubscribe
  emit: <Name extends keyof Events>(name: Name, value: Events[Name]) => void
  /** Whether anybody listens, where what is told costs something to make. */
  hears: (name: keyof Events) => boolean
}

/**
 * Makes an emitter.
 *
 * @example
 * const emitter = createEmitter<{ delivered: string[]; error: ArunikaError }>()
 * const stop = emitter.on('delivered', (ids) => console.log(ids))
 */
export function createEmitter<Events extends { error: ArunikaError }>(): Emitter<Events> {
  type Subscription = { listener: (value: never) => void }
  const subscriptions = new Map<keyof Events, Set<Subscription>>()
  const to = (name: keyof Events) => subscriptions.get(name) ?? new Set()

  function emit<Name extends keyof Events>(name: Name, value: Events[Name]): void {
    const current = to(name)
    // A copy: who subscribes while it is told would otherwise be told at once, and may never come to an end.
    for (const subscription of [...current]) {
      if (!current.has(subscription)) continue
      const call = () => subscription.listener(value as never)
      // A listener of `error` that throws has nobody left to tell but the console.
      if (name === 'error') callListener('error', call)
      else callListener(String(name), call, (error) => emit('error', error as Events['error']))
    }
  }

  return {
    emit,
    hears: (name) => to(name).size > 0,
    on(name, listener) {
      const subscription = { listener }
      const current = to(name).add(subscription)
      subscriptions.set(name, current)
      return () => void current.delete(subscription)
    },
  }
}
