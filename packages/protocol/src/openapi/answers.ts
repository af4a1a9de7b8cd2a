import { ERROR_CODES, type ErrorCode } from '../error-codes'
import { PROBLEM_CONTENT_TYPE } from '../problem'
import { problemSchema } from '../schemas'
import { refTo } from './components'

/** A JSON body of one of the schemas. */
export function json(schema: { $id: string }) {
  return { 'application/json': { schema: refTo(schema) } }
}

/** The answer of a route that went well. */
export function ok(description: string, schema: { $id: string }) {
  return { description, content: json(schema) }
}

/** The codes that every route can answer with. */
const EVERYWHERE = ['rate_limited', 'internal_error', 'unavailable'] as const

/** A route's refusals, by status: each names the codes that it comes with. */
export function refusals(...codes: ErrorCode[]) {
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of [...codes, ...EVERYWHERE]) {
    const { status } = ERROR_CODES[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return Object.fromEntries([...byStatus].map(([status, of]) => [String(status), refusal(of)]))
}

function refusal(codes: ErrorCode[]) {
  const canBeTriedLater = codes.some((code) => [429, 503].includes(ERROR_CODES[code].status))
  return {
    description: codes.map((code) => `\`${code}\`: ${ERROR_CODES[code].title}.`).join(' '),
    ...(canBeTriedLater && { headers: { 'Retry-After': retryAfter } }),
    content: {
      [PROBLEM_CONTENT_TYPE]: {
        schema: { allOf: [refTo(problemSchema), { properties: { code: { enum: codes } } }] },
      },
    },
  }
}

const retryAfter = {
  description: 'How long to wait: seconds, or an HTTP date.',
  schema: { type: 'string' },
} as const

/** What is wrong with a JSON body as such. */
export const BODY_CODES = [
  'malformed_json',
  'not_an_object',
  'body_too_large',
  'unsupported_media_type',
  'unsupported_encoding',
] as const satisfies ErrorCode[]
