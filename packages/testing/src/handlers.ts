import { ROUTES } from '@arunika/protocol'
import { http, HttpResponse, type HttpHandler } from 'msw'
import { ingestBareEvent, ingestFromPage, ingestFromServer, ingestProfile, type Services } from './ingest'
import type { Outages } from './outages'
import { readActivities, readTimeline, readUser, readUsers } from './reading'
import { Refusal } from './refusal'

type Read = (services: Services, request: Request, profileId: string) => unknown

/** What a test reads. */
const READING: Record<string, Read> = {
  '/api/users': readUsers,
  '/api/users/:profileId': readUser,
  '/api/users/:profileId/timeline': readTimeline,
  '/api/activities': readActivities,
}

interface IngestRoute {
  /** Whether pages of other origins call it. */
  isForPages: boolean
  take: (services: Services, request: Request) => Promise<unknown>
}

/** What an SDK sends. */
const INGEST: Record<string, IngestRoute> = {
  [ROUTES.browserEvents]: { isForPages: true, take: ingestFromPage },
  [ROUTES.profile]: { isForPages: true, take: ingestProfile },
  [ROUTES.serverEvents]: { isForPages: false, take: ingestFromServer },
  [ROUTES.serverEvent]: { isForPages: false, take: ingestBareEvent },
}

/** The msw handlers of an endpoint. Outages befall what an SDK sends, and never what a test reads. */
export function createHandlers(endpoint: string, services: Services, outages: Outages): HttpHandler[] {
  const reading = Object.entries(READING).map(([path, read]) =>
    http.get(`${endpoint}${path}`, ({ request, params }) => {
      const profileId = typeof params['profileId'] === 'string' ? params['profileId'] : ''
      return answerBy(() => read(services, request, profileId))
    }),
  )
  const ingest = Object.entries(INGEST).map(([path, { isForPages, take }]) =>
    http.all(`${endpoint}${path}`, async ({ request }) => {
      if (request.method === 'OPTIONS' && isForPages) return preflight(request)
      if (request.method !== 'POST') {
        const allow = isForPages ? 'POST, OPTIONS' : 'POST'
        return new Refusal('method_not_allowed', undefined, { allow }).toResponse()
      }
      const response = await outages.around(() => answerBy(() => take(services, request)))
      return isForPages ? readable(request, response) : response
    }),
  )
  return [...ingest, ...reading]
}

async function answerBy(respond: () => unknown): Promise<Response> {
  try {
    const body = JSON.stringify(await respond())
    return new HttpResponse(body, { headers: { 'content-type': 'application/json' } })
  } catch (error) {
    if (error instanceof Refusal) return error.toResponse()
    throw error
  }
}

/** Lets a page of another origin read the answer. */
function readable(request: Request, response: Response): Response {
  const origin = request.headers.get('origin')
  const isAnswer = response.type !== 'error'
  if (origin === null || !isAnswer) return response
  response.headers.set('access-control-allow-origin', origin)
  response.headers.set('access-control-expose-headers', 'Retry-After')
  response.headers.set('vary', 'Origin')
  return response
}

function preflight(request: Request): Response {
  const headers = {
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'content-type',
    'access-control-max-age': '86400',
  }
  return readable(request, new HttpResponse(null, { status: 204, headers }))
}
