import { SESSION_HEADER } from '../shop-api'
import { arunika } from './arunika'

const SESSION_TAKEN = 409

/**
 * Asks the shop's backend, and tells it the Arunika session, so that what the backend reports joins what the page reports.
 *
 * @throws Error whose message can be shown to the visitor.
 */
export async function askShop<Answer>(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
  let response = await send(method, path, body)
  if (response.status === SESSION_TAKEN) {
    // The shop's cookie is gone, and the session that went with it is another visitor's now.
    arunika.reset()
    response = await send(method, path, body)
  }
  const answer: unknown = await response.json().catch(() => null)
  if (!response.ok) throw new Error(errorOf(answer) ?? `The shop has answered with ${response.status}`)
  return answer as Answer
}

async function send(method: string, path: string, body: object | undefined): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      headers: { [SESSION_HEADER]: arunika.sessionId, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
  } catch (cause) {
    throw new Error('The shop cannot be reached; try again', { cause })
  }
}

function errorOf(answer: unknown): string | null {
  const isRefusal = typeof answer === 'object' && answer !== null && 'error' in answer
  return isRefusal && typeof answer.error === 'string' ? answer.error : null
}
