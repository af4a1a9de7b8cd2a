import { checkOptionalObject, checkOptionalText, readFields } from '@arunika/core'

/** What has become known of a person. */
export interface Identification {
  /** Compared trimmed and in lower case. */
  email?: string | undefined
  /** What the person is called: 1 to 256 characters. */
  name?: string | undefined
  /** Whatever else is known of the person; must be writable as JSON. */
  traits?: object | undefined
}

/** The identification with the fields that are its own. @throws OptionsError where one is of the wrong type. */
export function checkIdentification(value: unknown): Identification {
  const { email, name, traits } = readFields('identification', value, ['email', 'name', 'traits'])
  return {
    email: checkOptionalText('email', email),
    name: checkOptionalText('name', name),
    traits: checkOptionalObject('traits', traits),
  }
}
