import { PROBLEM_CONTENT_TYPE, problem, type ErrorCode } from '@arunika/protocol'
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify'
import { ProblemError } from '../errors/problem-error'
import type { Services } from '../services'
import { isUnavailable } from '../store/unavailable'

/** What Fastify refuses by itself, as our codes. */
const CODES_OF_FASTIFY: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_request',
  FST_ERR_BAD_URL: 'invalid_request',
}

/** Answers every failure as problem+json, and says nothing of the inside. */
export function problemReplies(app: FastifyInstance, { suspicious }: Pick<Services, 'suspicious'>): void {
  app.setErrorHandler((error: FastifyError | Error, request, reply) => {
    const refusal = refusalOf(error)
    if (refusal === null) request.log.error(error)
    else if (refusal.cause !== undefined) request.log.error(refusal.cause)
    const answer = refusal ?? new ProblemError('internal_error')
    const { status } = answer.toProblem()
    if (status === 401 || answer.code === 'origin_not_allowed') suspicious.record(answer.reason, request)
    return sendRefusal(reply, answer)
  })

  app.setNotFoundHandler((_request, reply) => sendRefusal(reply, new ProblemError('not_found')))
}

/** The refusal that an error stands for; `null` for a failure of ours. */
function refusalOf(error: FastifyError | Error): ProblemError | null {
  if (error instanceof ProblemError) return error
  const code = 'code' in error ? CODES_OF_FASTIFY[error.code] : undefined
  if (code !== undefined) return new ProblemError(code)
  const status = 'statusCode' in error ? error.statusCode : undefined
  // Before the next: a caller who hangs up is a connection that was lost, too.
  if (status !== undefined && status >= 400 && status < 500) return new ProblemError('invalid_request')
  if (!isUnavailable(error)) return null
  const headers = { 'retry-after': '1' }
  return new ProblemError('unavailable', 'The database cannot be read', { headers, cause: error })
}

/** Answers a refusal as its problem document. */
export function sendRefusal(reply: FastifyReply, refusal: ProblemError): FastifyReply {
  return reply
    .code(problem(refusal.code).status)
    .headers(refusal.headers)
    .type(PROBLEM_CONTENT_TYPE)
    .send(JSON.stringify(refusal.toProblem()))
}
