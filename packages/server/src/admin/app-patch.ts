import { isObject, own, type AppPatch } from '@arunika/protocol'
import { ProblemError } from '../errors/problem-error'
import { appFields } from './app-fields'

/** What is to change of an app. @throws {@link ProblemError} `not_an_object` or `invalid_request` */
export function checkAppPatch(body: unknown): AppPatch {
  if (!isObject(body)) throw new ProblemError('not_an_object')
  const [name, allowedOrigins, requireSignature, status] = [
    own(body, 'name'),
    own(body, 'allowedOrigins'),
    own(body, 'requireSignature'),
    own(body, 'status'),
  ]
  const patch: AppPatch = {
    ...(name !== undefined && { name: appFields.name(name) }),
    ...(allowedOrigins !== undefined && { allowedOrigins: appFields.allowedOrigins(allowedOrigins) }),
    ...(requireSignature !== undefined && { requireSignature: appFields.requireSignature(requireSignature) }),
    ...(status !== undefined && { status: appFields.status(status) }),
  }
  // A misspelt field would otherwise be a change that is answered with 200 and was never made.
  if (Object.keys(patch).length === 0) {
    throw new ProblemError(
      'invalid_request',
      'Nothing to change: give name, allowedOrigins, requireSignature or status',
    )
  }
  return patch
}
