import { isName, type App } from '@arunika/protocol'
import { ProblemError } from '../errors/problem-error'

/** Each gives the field of an app as it was asked for. @throws {@link ProblemError} `invalid_request`, which names the field */
export const appFields = {
  name(value: unknown): App['name'] {
    if (isName(value)) return value
    throw invalid('name must be text of 1 to 256 characters without control characters')
  },
  allowedOrigins(value: unknown): App['allowedOrigins'] {
    if (value === null || isOriginList(value)) return value
    throw invalid('allowedOrigins must be a list of origins such as https://shop.example')
  },
  requireSignature(value: unknown): App['requireSignature'] {
    if (typeof value === 'boolean') return value
    throw invalid('requireSignature must be true or false')
  },
  status(value: unknown): App['status'] {
    if (value === 'active' || value === 'suspended') return value
    throw invalid('status must be active or suspended')
  },
}

function invalid(detail: string): ProblemError {
  return new ProblemError('invalid_request', detail)
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
