import type { OpenedRequest } from './provider'
import { demandHeader, plainText } from './read-header'
import type { Source } from './source'

/** The value of a source that is a header; `undefined` where it is to be found elsewhere. */
export function inHeader(source: Source, { header }: OpenedRequest): string | undefined {
  if (!('header' in source)) return undefined
  const name = source.header
  const elsewhere = source.field !== undefined || source.or !== undefined
  const value = elsewhere ? header(name) : demandHeader(header, name)
  return value && plainText(name, value)
}
