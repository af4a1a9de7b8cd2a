import { isName, isObject, own, type AppRequest } from '@arunika/protocol'
import { ProblemError } from '../errors/problem-error'

/** An app as it was asked for. @throws {@link ProblemError} `not_an_object` or `invalid_request` */
export function checkAppRequest(body: unknown): AppRequest {
  if (!isObject(body)) throw new ProblemError('not_an_object')
  const name = own(body, 'name')
  if (!isName(name)) {
    throw new ProblemError(
      'invalid_request',
      'name must be text of 1 to 256 characters without control characters',
    )
  }
  const allowedOrigins = own(body, 'allowedOrigins') ?? null
  if (allowedOrigins !== null && !isOriginList(allowedOrigins)) {
    throw new ProblemError(
      'invalid_request',
      'allowedOrigins must be a list of origins such as https://shop.example',
    )
  }
  const requireSignature = own(body, 'requireSignature') ?? false
  if (typeof requireSignature !== 'boolean') {
    throw new ProblemError('invalid_request', 'requireSignature must be true or false')
  }
  return { name, allowedOrigins, requireSignature }
}

function isOriginList(value: unknown): value is string[] {
  return (
    Array.isArray(value) &&
    value.length <= 100 &&
    value.every((item) => typeof item === 'string' && isOrigin(item))
  )
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text
}
