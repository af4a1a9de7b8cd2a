import type { Registration } from '@arunika/protocol'
import { checkOptionalObject, checkOptionalText, checkText, readFields } from './check-argument'

const FIELDS = ['userId', 'email', 'name', 'subscriptionTier', 'traits'] as const

/** The registration with the fields that are its own. @throws OptionsError where one is of the wrong type. */
export function checkRegistration(value: unknown): Registration {
  const { userId, email, name, subscriptionTier, traits } = readFields('registration', value, FIELDS)
  return {
    userId: checkText('userId', userId),
    email: checkText('email', email),
    name: checkOptionalText('name', name),
    subscriptionTier: checkOptionalText('subscriptionTier', subscriptionTier),
    traits: checkOptionalObject('traits', traits),
  }
}
