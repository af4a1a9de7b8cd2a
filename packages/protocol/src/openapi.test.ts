import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { ERROR_CODES } from './error-codes'
import { openapi } from './openapi'
import { ROUTES } from './routes'
import { SCHEMAS } from './schemas'

interface Operation {
  operationId: string
  security: readonly object[]
  responses: Record<string, { content?: Record<string, unknown> }>
}

const METHODS = ['get', 'post', 'patch', 'put', 'delete']
const operations = Object.entries(openapi.paths).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([method]) => METHODS.includes(method))
    .map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, ...(operation as Operation) })),
)

test('the document is valid OpenAPI 3.1 whose references all resolve', async () => {
  const validator = new Validator()
  const document = JSON.parse(JSON.stringify(openapi)) as Record<string, unknown>
  expect(await validator.validate(document)).toEqual({ valid: true })
  expect(validator.version).toBe('3.1')
  for (const [, path] of JSON.stringify(openapi).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const target = path!
      .split('/')
      .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], document)
    expect(target, path).toBeTypeOf('object')
  }
})

test('every schema is a component once, and no reference is left that only an $id resolves', () => {
  expect(Object.keys(openapi.components.schemas)).toEqual(SCHEMAS.map((schema) => schema.title))
  expect(JSON.stringify(openapi)).not.toContain('urn:arunika:schema')
})

test('every route of the protocol is there, and every operation has a name of its own', () => {
  expect(Object.keys(openapi.paths)).toEqual(expect.arrayContaining(Object.values(ROUTES)))
  expect(operations.map(({ name }) => name)).toEqual([
    'POST /api/events',
    'POST /api/profile',
    'POST /api/webhooks',
    'POST /api/webhooks/events',
    'GET /api/users',
    'GET /api/users/{profileId}',
    'PATCH /api/users/{profileId}',
    'DELETE /api/users/{profileId}',
    'GET /api/users/{profileId}/timeline',
    'GET /api/activities',
    'GET /api/activities/export',
    'GET /api/stream',
    'GET /api/apps',
    'POST /api/apps',
    'PATCH /api/apps/{appId}',
    'GET /api/apps/{appId}/keys',
    'POST /api/apps/{appId}/keys',
    'DELETE /api/apps/{appId}/keys/{keyId}',
    'GET /api/suspicious-calls',
    'GET /healthz',
    'GET /readyz',
    'GET /metrics',
    'GET /openapi.json',
  ])
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
})

test('every code is documented under its own status, and every code but 405 belongs to some operation', () => {
  const documented = new Set<string>(['method_not_allowed'])
  for (const { name, responses } of operations) {
    for (const [status, { content }] of Object.entries(responses)) {
      const problem = content?.['application/problem+json'] as
        | { schema: { allOf: [object, { properties: { code: { enum: (keyof typeof ERROR_CODES)[] } } }] } }
        | undefined
      for (const code of problem?.schema.allOf[1].properties.code.enum ?? []) {
        expect(ERROR_CODES[code].status, `${name} ${code}`).toBe(Number(status))
        documented.add(code)
      }
    }
  }
  expect([...documented].sort()).toEqual(Object.keys(ERROR_CODES).sort())
})

test('an operation without a secret answers no 401 but for an unknown app', () => {
  for (const { name, security, responses } of operations) {
    const refusal = JSON.stringify(responses['401'] ?? '')
    expect(refusal.includes('invalid_credentials'), name).toBe(security.length > 0)
  }
})
