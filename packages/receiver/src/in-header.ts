import { accept, type Checked } from './checked'
import type { OpenedRequest } from './provider'
import type { Source } from './source'

/** The value of a source that is a header; `undefined` where it is to be found elsewhere. */
export function inHeader(source: Source, request: OpenedRequest): Checked<string | undefined> {
  if (!('header' in source)) return accept(undefined)
  const value = request.header(source.header)
  const elsewhere = source.field !== undefined || source.or !== undefined
  return elsewhere && !value.ok && value.code === 'missing_header' ? accept(undefined) : value
}
