import type { Registration } from '@arunika/protocol'
import { checkObject, checkOptionalObject, checkOptionalText, checkText } from './check-argument'

/** The registration with the fields that are its own. @throws OptionsError where one is of the wrong type. */
export function checkRegistration(value: unknown): Registration {
  const { userId, email, name, subscriptionTier, traits } = checkObject('registration', value)
  return {
    userId: checkText('userId', userId),
    email: checkText('email', email),
    name: checkOptionalText('name', name),
    subscriptionTier: checkOptionalText('subscriptionTier', subscriptionTier),
    traits: checkOptionalObject('traits', traits),
  }
}
