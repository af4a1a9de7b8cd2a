import { demandHeader, plainText } from './demand-header'
import type { OpenedRequest } from './provider'
import type { Source } from './source'

/** The value of a source that is a header; `undefined` where it is to be found elsewhere. */
export function inHeader(source: Source, request: OpenedRequest): string | undefined {
  if (!('header' in source)) return undefined
  const name = source.header
  const elsewhere = source.field !== undefined || source.or !== undefined
  const value = elsewhere ? request.header(name) : demandHeader(request, name)
  return value && plainText(request, name, value)
}
