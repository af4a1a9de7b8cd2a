import { ERROR_CODES, problem, type ErrorCode, type Problem } from '@arunika/protocol'

/** What a refusal may carry beside its code. */
export interface RefusalOptions {
  headers?: Record<string, string>
  /** What the log of suspicious calls says; the caller is told the code only. @defaultValue the code */
  reason?: string
  /** The failure of ours that it comes from: logged, never told. */
  cause?: unknown
}

/** A request that is refused: thrown anywhere below a route, answered as its problem document. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code: ErrorCode
  readonly headers: Record<string, string>
  readonly reason: string

  constructor(code: ErrorCode, detail?: string, { headers = {}, reason = code, cause }: RefusalOptions = {}) {
    super(detail ?? ERROR_CODES[code].meaning, { cause })
    this.code = code
    this.headers = headers
    this.reason = reason
  }

  toProblem(): Problem {
    return problem(this.code, this.message)
  }
}
