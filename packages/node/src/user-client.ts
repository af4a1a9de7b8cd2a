import type { ActivityDetails, EventMap, Registration } from '@arunika/protocol'
import type { ServerEventInput } from './encode-event'
import { activityOf, identificationOf, registrationOf } from './event-inputs'
import type { Identification } from './identification'
import type { RegisteredEvents } from './register'
import type { User } from './user'

/** The calls of a client about one person; each is what the client's own is, without saying again who. */
export interface UserClient<Events extends EventMap<Events> = RegisteredEvents> {
  /** Reports something that the person did. */
  logActivity<Type extends keyof Events & string>(
    type: Type,
    ...details: ActivityDetails<Events[Type]>
  ): boolean
  /** Reports what has become known of the person. */
  identify(identification: Identification): boolean
  /** Reports that the person has registered with the app. */
  registerUser(registration: Registration): boolean
}

/** @param user - Asked at each call: a person may sign in during a request. */
export function createUserClient<Events extends EventMap<Events>>(
  take: (input: ServerEventInput) => boolean,
  user: () => User,
): UserClient<Events> {
  return {
    logActivity: (type, ...[description, metadata]) => take(activityOf(user(), type, description, metadata)),
    identify: (identification) => take(identificationOf(user(), identification)),
    registerUser: (registration) => take(registrationOf(registration, user())),
  }
}
