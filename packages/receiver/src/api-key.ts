import { matchCodes } from '#platform'
import { checkText } from './check-options'
import { utf8 } from './concat-bytes'
import { PLAIN_TEXT } from './demand-header'
import { checkBuilder, resolveEvent, type EventOptions } from './event-options'
import type { EventForm, OpenedRequest, Provider } from './provider'
import { provedByToken } from './proved-by-token'
import { readSecrets, type Secret } from './secrets'

/** What {@link apiKey} needs to know of a sender. */
export interface ApiKeyOptions extends EventOptions {
  /** The sender's name. Events of different senders with the same id are told apart by it. */
  name: string
  /** The token, or several with the newest first. */
  secret: Secret
  /** The header that holds the token. */
  header: string
  /** What stands before the token, such as `Token `. */
  prefix?: string
}

/**
 * A provider that sends a static token and signs nothing: whoever has seen one request can send any other.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds a secret.
 * @example
 * const acme = apiKey({ name: 'acme', secret: token, header: 'X-Api-Key', id: { field: 'id' }, type: { field: 'event' } })
 */
export function apiKey(options: ApiKeyOptions): Provider<'token-only'> {
  checkBuilder('apiKey', options, { header: true, prefix: true })
  const { name, secret, header, prefix = '' } = options
  checkText(`${name}: header`, header, 'the name of a header')
  if (prefix !== '') checkText(`${name}: prefix`, prefix, 'what stands before it')
  return tokenScheme(name, resolveEvent(name, options), { secret, header: header.toLowerCase(), prefix })
}

/** {@link apiKey}, of parts that are checked already but for the secret. */
export function tokenScheme(
  name: string,
  event: EventForm,
  { secret, header, prefix = '' }: { secret: Secret; header: string; prefix?: string },
): Provider<'token-only'> {
  const asciiBytes = (text: string) => (PLAIN_TEXT.test(text) ? utf8(text) : null)
  const keys = readSecrets(name, secret, asciiBytes, 'ASCII text')
  const tokens = keys.map((key) => String.fromCharCode(...key))
  return {
    name,
    strength: 'token-only',
    event,
    check: (request: OpenedRequest) =>
      provedByToken(header, event, request, (text) => {
        // RFC 9110: the name of an authentication scheme is in any case.
        if (text.slice(0, prefix.length).toLowerCase() !== prefix.toLowerCase()) {
          request.refuse('malformed_header', `The header ${header} holds no token of this scheme.`)
        }
        return matchCodes(text, [prefix.length, text.length], tokens)
      }),
    scheme: { headers: () => ({ [header]: prefix + (tokens[0] ?? '') }) },
  }
}
