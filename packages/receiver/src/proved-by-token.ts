import { inHeader } from './in-header'
import { andThen, type MaybePromise } from './maybe-promise'
import { mismatch } from './mismatch'
import type { EventForm, OpenedRequest, Proved } from './provider'
import { demandHeader, plainText } from './read-header'

/**
 * What is proved of a request of which one header tells who sent it.
 *
 * @param prove - The place of the secret that the header's text proves; `-1` where none does.
 */
export function provedByToken(
  header: string,
  { id, type }: EventForm,
  request: OpenedRequest,
  prove: (text: string) => MaybePromise<number>,
): MaybePromise<Proved> {
  const idOf = inHeader(id, request)
  const typeOf = inHeader(type, request)
  return andThen(prove(plainText(header, demandHeader(request.header, header))), (matchedSecret) => {
    if (matchedSecret < 0) mismatch()
    return { matchedSecret, timestampMs: null, id: idOf, type: typeOf, body: request.body }
  })
}
