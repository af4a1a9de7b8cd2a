import { appPaths } from './openapi/apps'
import { components } from './openapi/components'
import { ingestPaths } from './openapi/ingest'
import { operationsPaths } from './openapi/operations'
import { readingPaths } from './openapi/reading'

/**
 * The OpenAPI 3.1 document of the server, which gives it at `/openapi.json`. Its schemas are those of
 * `@arunika/protocol/schemas`.
 *
 * @example
 * await writeFile('openapi.json', JSON.stringify(openapi))
 */
export const openapi = {
  openapi: '3.1.0',
  info: {
    title: 'Arunika',
    version: '1.0.0',
    summary: 'Product events of browsers and servers, joined into one timeline per person',
    description:
      'Times are ISO-8601 UTC with milliseconds. Every failure is application/problem+json with a stable code. A path that is not here answers 404 `not_found`; another method, 405 `method_not_allowed`.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/' }],
  tags: [
    { name: 'ingest', description: 'What the SDKs send.' },
    { name: 'reading', description: 'People, their timelines, and all that happens, live.' },
    { name: 'apps', description: 'The apps that send.' },
    { name: 'operations', description: 'For whoever runs the server.' },
  ],
  paths: { ...ingestPaths, ...readingPaths, ...appPaths, ...operationsPaths },
  components,
} as const
