import type { Answer } from '../answer'

/** What writing an answer needs of Node's `ServerResponse`. */
export interface NodeResponse {
  /** Whether somebody has begun to answer. */
  readonly headersSent?: boolean
  /** Whether there is nobody left to answer. */
  readonly destroyed?: boolean
  statusCode: number
  setHeader(name: string, value: string): unknown
  end(body: string): unknown
}

/**
 * Writes an answer, and closes the connection where the rest of the request's body is not wanted. Where the host has answered
 * meanwhile, such as at a time limit, its answer stands.
 */
export function writeNodeAnswer(
  request: { readonly complete: boolean },
  response: NodeResponse,
  answer: Answer,
): void {
  if (response.headersSent || response.destroyed) return
  response.statusCode = answer.status
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value)
  if (!request.complete) response.setHeader('connection', 'close')
  response.end(answer.body)
}
