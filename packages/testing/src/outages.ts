import { problem, type ErrorCode } from '@arunika/protocol'
import { HttpResponse } from 'msw'
import { Refusal } from './refusal'

/**
 * How a request fails before the mock has stored anything:
 *
 * - `'network'`: no connection.
 * - `{ code }`: the server's own refusal, as its problem document: `{ code: 'unavailable', retryAfterSeconds: 30 }`.
 * - `{ status }`: an answer that is not Arunika's, such as a proxy's 502 or a captive portal's 200.
 */
export type Failure =
  | 'network'
  | { code: ErrorCode; retryAfterSeconds?: number | undefined }
  | { status: number; retryAfterSeconds?: number | undefined }

/** What goes wrong next, in the order in which it was asked for. */
export class Outages {
  #failures: Failure[] = []
  #lostAnswers = 0

  fail(failure: Failure, times: number): void {
    for (let i = 0; i < times; i++) this.#failures.push(failure)
  }

  loseAnswers(times: number): void {
    this.#lostAnswers += times
  }

  clear(): void {
    this.#failures = []
    this.#lostAnswers = 0
  }

  /** Answers as if by an outage where one is due, else as the server does. */
  async around(answer: () => Promise<Response>): Promise<Response> {
    const failure = this.#failures.shift()
    if (failure !== undefined) return responseOf(failure)
    const response = await answer()
    if (this.#lostAnswers === 0) return response
    this.#lostAnswers--
    return HttpResponse.error()
  }
}

function responseOf(failure: Failure): Response {
  if (failure === 'network') return HttpResponse.error()
  const { retryAfterSeconds } = failure
  const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }
  if ('code' in failure) return new Refusal(failure.code, problem(failure.code).detail, headers).toResponse()
  return new HttpResponse('<html>not Arunika</html>', { status: failure.status, headers })
}
