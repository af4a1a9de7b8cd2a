import { authenticationCodes, HASH_BYTES } from './authentication-codes'
import { checkTimestamp } from './check-timestamp'
import { accept, type Checked } from './checked'
import { concatBytes } from './concat-bytes'
import { resolveHmacOptions, type HmacOptions } from './hmac-options'
import { matchSignature } from './match-signature'
import type { Claim, OpenedRequest, Provider, Source } from './provider'
import { readSignatures } from './read-signatures'

/**
 * A provider that signs with an HMAC over parts of the request.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds a secret.
 * @example
 * const acme = hmac({
 *   name: 'acme',
 *   secret: 'shared text',
 *   signature: { header: 'X-Acme-Signature', encoding: 'hex', prefix: 'sha256=' },
 *   timestamp: { header: 'X-Acme-Timestamp' },
 *   signed: ({ timestamp, body }) => [timestamp, '.', body],
 *   id: { header: 'X-Acme-Delivery' },
 *   type: { field: 'event' },
 * })
 */
export function hmac(options: HmacOptions): Provider {
  const { name, keys, hash, signature, timestamp, signed, event } = resolveHmacOptions(options)
  const codes = authenticationCodes(hash, keys)

  function read(request: OpenedRequest, nowMs: number): Checked<Claim> {
    const id = inHeader(event.id, request)
    if (!id.ok) return id
    const type = inHeader(event.type, request)
    if (!type.ok) return type
    const time = timestamp === null ? accept('') : request.header(timestamp.header)
    if (!time.ok) return time
    const written = request.header(signature.header)
    if (!written.ok) return written
    // The cheap refusals come before the one that costs a hash of the body.
    const timestampMs =
      timestamp === null
        ? accept(null)
        : checkTimestamp(time.value, timestamp.header, nowMs, timestamp.toleranceSeconds)
    if (!timestampMs.ok) return timestampMs
    const signatures = readSignatures(written.value, signature, HASH_BYTES[hash])
    if (!signatures.ok) return signatures
    return accept({
      content: concatBytes(signed({ id: id.value ?? '', timestamp: time.value, body: request.body })),
      signatures: signatures.value,
      timestampMs: timestampMs.value,
      ...(id.value !== undefined && { id: id.value }),
      ...(type.value !== undefined && { type: type.value }),
    })
  }

  return {
    name,
    strength: timestamp ? 'signed' : 'signed-without-time',
    event,
    read,
    prove: async ({ content, signatures }) => matchSignature(await codes(content), signatures),
    scheme: { signature, timestampHeader: timestamp?.header ?? null, signed, codes },
  }
}

/** The value of a source that is a header; `undefined` where the source is in the body. */
function inHeader(source: Source, request: OpenedRequest): Checked<string | undefined> {
  return 'header' in source ? request.header(source.header) : accept(undefined)
}
