import { demandHeader, plainText } from './demand-header'
import { inHeader } from './in-header'
import { andThen, type MaybePromise } from './maybe-promise'
import type { EventForm, OpenedRequest, Proved } from './provider'

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
): MaybePromise<Proved | null> {
  const idOf = inHeader(id, request)
  const typeOf = inHeader(type, request)
  const text = plainText(request, header, demandHeader(request, header))
  return andThen(prove(text), (matchedSecret) => {
    if (matchedSecret < 0) return null
    return { matchedSecret, timestampMs: null, id: idOf, type: typeOf, body: request.body }
  })
}
