import { isObject } from '@arunika/protocol'
import type { FastifyRequest } from 'fastify'
import { ProblemError } from '../errors/problem-error'

const MAX_LENGTH = 1_024

/**
 * A query parameter, or `undefined` where it is missing or empty.
 *
 * @throws {@link ProblemError} `invalid_query` where it is given twice, is too long, or holds a NUL.
 */
export function queryText(request: FastifyRequest, name: string): string | undefined {
  const value = isObject(request.query) ? request.query[name] : undefined
  if (value === undefined || value === '') return undefined
  if (typeof value !== 'string') throw new ProblemError('invalid_query', `${name} is given more than once`)
  if (value.length > MAX_LENGTH) throw new ProblemError('invalid_query', `${name} is too long`)
  // SQLite reads text up to it, PostgreSQL refuses it.
  if (value.includes('\0')) throw new ProblemError('invalid_query', `${name} holds a NUL character`)
  return value
}
