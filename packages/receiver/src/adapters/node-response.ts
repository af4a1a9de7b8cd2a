import type { Answer } from '../answer'

/** What writing an answer needs of Node's `ServerResponse`. */
export interface NodeResponse {
  statusCode: number
  setHeader(name: string, value: string): unknown
  end(body: string): unknown
}

/** Writes an answer, and closes the connection where the rest of the request's body is not wanted. */
export function writeNodeAnswer(
  request: { readonly complete: boolean },
  response: NodeResponse,
  answer: Answer,
): void {
  response.statusCode = answer.status
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value)
  if (!request.complete) response.setHeader('connection', 'close')
  response.end(answer.body)
}
