import { digest } from '#platform'
import { encodeHex } from '../hex'
import { codeProof } from '../hmac-proof'
import { all, andThen } from '../maybe-promise'
import { preset, type PresetOptions } from '../preset'
import type { Provider } from '../provider'
import { textAt } from '../source'

const SIGNED_FIELDS = ['order_id', 'status_code', 'gross_amount']
const SHA512_BYTES = 64

/**
 * Midtrans: SHA-512 over `order_id`, `status_code`, `gross_amount` and the server key, in the field `signature_key` of the
 * body. **Nothing else is signed**, not even `transaction_status`: ask Midtrans for the status before you act on it. The id
 * is the transaction and its status, of which there are several.
 *
 * Rests on Midtrans's documentation, whose inputs several test suites share.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = midtrans({ secret: serverKey })
 */
export function midtrans(options: PresetOptions): Provider<'token-only'> {
  return preset(
    'midtrans',
    options,
    {
      strength: 'token-only',
      signature: { field: 'signature_key', encoding: 'hex' },
      signed: ({ payload }) => SIGNED_FIELDS.map((name) => textAt(payload, name) ?? ''),
      id: { fields: ['transaction_id', 'transaction_status'], or: { field: 'order_id' } },
      type: { field: 'transaction_status' },
    },
    // A plain hash, with the key at its end.
    (keys) =>
      codeProof(SHA512_BYTES, 'hex', (content) =>
        all(keys.map((key) => andThen(digest('SHA-512', [...content, key]), encodeHex))),
      ),
  )
}
