import { isObject, own } from '@arunika/protocol'
import type { World } from './world'

const SHARED_ID = '0190c8f4-7b1e-7abc-8def-0123456789ab'
const SHARED_APP = 'app_shop'

/** An event of the vectors with an id of its own, so that none is the duplicate of another. */
export function withOwnId(world: World, input: unknown): unknown {
  const isShared = isObject(input) && own(input, 'eventId') === SHARED_ID
  return isShared ? { ...input, eventId: world.newId() } : input
}

/** A body of the vectors that names the scenario's app where it named the vectors'. */
export function inOwnApp(world: World, input: unknown): unknown {
  const isShared = isObject(input) && own(input, 'appId') === SHARED_APP
  return isShared ? { ...input, appId: world.app.appId } : input
}
