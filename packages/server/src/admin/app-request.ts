import { isObject, own, type AppRequest } from '@arunika/protocol'
import { ProblemError } from '../errors/problem-error'
import { appFields } from './app-fields'

/** An app as it was asked for. @throws {@link ProblemError} `not_an_object` or `invalid_request` */
export function checkAppRequest(body: unknown): AppRequest {
  if (!isObject(body)) throw new ProblemError('not_an_object')
  return {
    name: appFields.name(own(body, 'name')),
    allowedOrigins: appFields.allowedOrigins(own(body, 'allowedOrigins') ?? null),
    requireSignature: appFields.requireSignature(own(body, 'requireSignature') ?? false),
  }
}
