import { ERROR_CODES, PROBLEM_CONTENT_TYPE, problem, type ErrorCode, type Problem } from '@arunika/protocol'
import { expect } from 'vitest'

/** Holds an answer against the problem of a code, and gives its document. */
export async function expectProblem(answer: Response | Promise<Response>, code: ErrorCode): Promise<Problem> {
  const response = await answer
  const text = await response.text()
  expect([response.status, text]).toEqual([ERROR_CODES[code].status, expect.stringContaining(`"${code}"`)])
  expect(response.headers.get('content-type')).toContain(PROBLEM_CONTENT_TYPE)
  const document = JSON.parse(text) as Problem
  expect(document).toEqual({ ...problem(code), detail: expect.any(String) })
  return document
}
