import { ERROR_CODES, type ErrorCode } from './error-codes'

/** The content type of every failure. */
export const PROBLEM_CONTENT_TYPE = 'application/problem+json'

/** The body of a failure: RFC 9457 with a stable `code`. */
export interface Problem {
  /** A URN that ends in the code. */
  type: string
  /** The code in a few words, always the same. */
  title: string
  /** The HTTP status. */
  status: number
  /** What is wrong with this very request. */
  detail: string
  /** Stable: programs may compare it. */
  code: ErrorCode
}

/**
 * The problem document of a code.
 *
 * @param detail - What is wrong with this request; the code's general meaning where left out.
 * @example
 * problem('invalid_batch', 'events is not an array').status // 400
 */
export function problem(code: ErrorCode, detail?: string): Problem {
  const { status, title, meaning } = ERROR_CODES[code]
  return { type: `urn:arunika:problem:${code}`, title, status, detail: detail ?? meaning, code }
}
