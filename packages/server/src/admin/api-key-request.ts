import { isObject, own, type ApiKeyRequest } from '@arunika/protocol'
import { ProblemError } from '../errors/problem-error'

/** A key as it was asked for. @throws {@link ProblemError} `not_an_object` or `invalid_request` */
export function checkApiKeyRequest(body: unknown): ApiKeyRequest {
  if (!isObject(body)) throw new ProblemError('not_an_object')
  const mode = own(body, 'mode') ?? 'live'
  if (mode !== 'live' && mode !== 'test') {
    throw new ProblemError('invalid_request', 'mode must be live or test')
  }
  return { mode }
}
