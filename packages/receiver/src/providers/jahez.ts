import { tokenScheme } from '../api-key'
import { bodyHash } from '../body-hash'
import { checkOptions, checkText } from '../check-options'
import type { PresetOptions } from '../preset'
import type { Provider } from '../provider'

/** The options of {@link jahez}. */
export interface JahezOptions extends PresetOptions {
  /**
   * The header that holds the token by itself.
   *
   * @defaultValue `Authorization`, with `Bearer ` before the token
   */
  header?: string | undefined
}

/**
 * Jahez. **No signature of its webhooks is documented.** This compares a token, in the header of your agreement with Jahez:
 * `Authorization: Bearer …` unless told. Where the body's form is told otherwise too, use {@link apiKey}. The id is the hash of
 * the body.
 *
 * Rests on weak evidence: some integrations that check such a token.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = jahez({ secret: token })
 */
export function jahez(options: JahezOptions): Provider<'token-only'> {
  checkOptions('jahez', options, { secret: true, header: true })
  const { secret, header } = options
  if (header !== undefined) checkText('jahez: header', header, 'the name of a header')
  const event = {
    id: { or: bodyHash },
    type: { field: 'event', or: { field: 'status', or: 'order' } },
  } as const
  const place =
    header === undefined ? { header: 'authorization', prefix: 'Bearer ' } : { header: header.toLowerCase() }
  return tokenScheme('jahez', event, { secret, ...place })
}
