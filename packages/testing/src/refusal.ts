import { ERROR_CODES, problem, PROBLEM_CONTENT_TYPE, type ErrorCode } from '@arunika/protocol'
import { HttpResponse } from 'msw'

/** A request that is refused: thrown anywhere below a route, answered as its problem document. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: ErrorCode
  readonly headers: Record<string, string>

  constructor(code: ErrorCode, detail?: string, headers: Record<string, string> = {}) {
    super(detail ?? ERROR_CODES[code].meaning)
    this.code = code
    this.headers = headers
  }

  toResponse(): Response {
    const body = problem(this.code, this.message)
    const headers = { ...this.headers, 'content-type': PROBLEM_CONTENT_TYPE }
    return new HttpResponse(JSON.stringify(body), { status: body.status, headers })
  }
}
