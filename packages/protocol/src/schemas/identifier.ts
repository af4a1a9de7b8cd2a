import { DIALECT } from './dialect'
import { emailField, nameField } from './fields'

/** The schema of {@link Identifier}. */
export const identifierSchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:identifier',
  title: 'Identifier',
  description: 'Who a server’s event is about: one of the fields or more.',
  type: 'object',
  properties: { profileId: nameField, userId: nameField, email: emailField, sessionId: nameField },
  anyOf: [
    { required: ['profileId'] },
    { required: ['userId'] },
    { required: ['email'] },
    { required: ['sessionId'] },
  ],
} as const
