import { accept, type Checked } from './checked'
import { inHeader } from './in-header'
import type { Claim, EventForm, OpenedRequest } from './provider'

/** The claim of a request whose header tells by itself who sent it. */
export function claimByToken(
  header: string,
  { id, type }: EventForm,
  request: OpenedRequest,
  read: (text: string) => Checked<Pick<Claim, 'contents' | 'signatures'>>,
): Checked<Claim> {
  const idOf = inHeader(id, request)
  if (!idOf.ok) return idOf
  const typeOf = inHeader(type, request)
  if (!typeOf.ok) return typeOf
  const text = request.header(header)
  if (!text.ok) return text
  const token = read(text.value)
  if (!token.ok) return token
  const { body } = request
  return accept({ ...token.value, timestampMs: null, id: idOf.value, type: typeOf.value, body })
}
