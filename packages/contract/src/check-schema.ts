import { PROBLEM_CONTENT_TYPE, ROUTES } from '@arunika/protocol'
import {
  activityPageSchema,
  ingestAnswerSchema,
  problemSchema,
  profileAnswerSchema,
  SCHEMAS,
  userPageSchema,
  userSchema,
} from '@arunika/protocol/schemas'
import Ajv2020 from 'ajv/dist/2020.js'
import type { Answer } from './answer'

const ajv = new Ajv2020({ schemas: [...SCHEMAS], allowUnionTypes: true })

const SUCCESSES: [RegExp, { $id: string }][] = [
  [
    new RegExp(`^(${ROUTES.browserEvents}|${ROUTES.serverEvents}|${ROUTES.serverEvent})$`),
    ingestAnswerSchema,
  ],
  [new RegExp(`^${ROUTES.profile}$`), profileAnswerSchema],
  [/^\/api\/users$/, userPageSchema],
  [/^\/api\/users\/[^/]+$/, userSchema],
  [/^\/api\/users\/[^/]+\/timeline$/, activityPageSchema],
  [/^\/api\/activities$/, activityPageSchema],
]

/** What is wrong with the form of an answer, by the published schemas; `null` where nothing is. */
export function schemaFault(path: string, { status, mediaType, body }: Answer): string | null {
  if (status === 204) return body === null ? null : 'an answer with status 204 has a body'
  const isProblem = status >= 400
  const expectedType = isProblem ? PROBLEM_CONTENT_TYPE : 'application/json'
  if (mediaType !== expectedType) return `the content type is ${mediaType ?? 'missing'}, not ${expectedType}`
  const schema = isProblem ? problemSchema : SUCCESSES.find(([pattern]) => pattern.test(path))?.[1]
  if (schema === undefined) return `no schema is named for the answers of ${path}`
  return ajv.validate(schema.$id, body) ? null : `${schema.$id}: ${ajv.errorsText()}`
}
