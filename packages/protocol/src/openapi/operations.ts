import { refusals } from './answers'

const NOBODY = [] as const
function status(value: string) {
  return {
    'application/json': {
      schema: { type: 'object', properties: { status: { const: value } }, required: ['status'] },
    },
  } as const
}

/** The routes for whoever runs the server. */
export const operationsPaths = {
  '/healthz': {
    get: {
      operationId: 'getHealth',
      summary: 'Whether the process runs',
      tags: ['operations'],
      security: NOBODY,
      responses: { 200: { description: 'It runs.', content: status('ok') } },
    },
  },
  '/readyz': {
    get: {
      operationId: 'getReadiness',
      summary: 'Whether the server can store events now',
      tags: ['operations'],
      security: NOBODY,
      responses: { 200: { description: 'It can.', content: status('ready') }, ...refusals() },
    },
  },
  '/metrics': {
    get: {
      operationId: 'getMetrics',
      summary: 'Numbers of the server, for Prometheus',
      tags: ['operations'],
      security: NOBODY,
      responses: {
        200: {
          description:
            'Requests, events by result, commits, what waits, streams, the database and the process. No id is in them.',
          content: { 'text/plain': { schema: { type: 'string' } } },
        },
        ...refusals(),
      },
    },
  },
  '/openapi.json': {
    get: {
      operationId: 'getOpenApi',
      summary: 'This document',
      tags: ['operations'],
      security: NOBODY,
      responses: {
        200: {
          description: 'An OpenAPI 3.1 document.',
          content: { 'application/json': { schema: { type: 'object' } } },
        },
      },
    },
  },
} as const
