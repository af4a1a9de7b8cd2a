import { digest } from '#platform'
import { encodeHex } from './hex'
import { andThen, type MaybePromise } from './maybe-promise'

/** An id for bodies that hold none: the SHA-256 of the body, so that a delivery that is sent again has the same one. */
export function bodyHash(body: Uint8Array): MaybePromise<string> {
  return andThen(digest('SHA-256', [body]), encodeHex)
}
