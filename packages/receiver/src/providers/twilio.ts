import { bodyHash } from '../body-hash'
import { concatBytes, type Part } from '../concat-bytes'
import { andThen } from '../maybe-promise'
import { isJson, parseFormOrJson } from '../parse-form'
import { hmacPreset, type UrlPresetOptions } from '../preset'
import type { Provider } from '../provider'
import { publicUrl } from '../public-url'

/**
 * Twilio: HMAC-SHA1, by the auth token, over the URL and the sorted fields of the form, in `X-Twilio-Signature`. Where the
 * body is JSON, the URL holds its hash (`bodySHA256`). Behind a proxy, give `url`: the public one. The id is Twilio's
 * idempotency token (not signed), or the hash of the body; the type is the status of the message or call, or `request`.
 *
 * Rests on Twilio's documentation and library.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = twilio({ secret: authToken, url: 'https://example.com/webhooks/twilio' })
 */
export function twilio(options: UrlPresetOptions): Provider<'signed-without-time'> {
  const provider = hmacPreset(
    'twilio',
    options,
    {
      strength: 'signed-without-time',
      signature: { header: 'x-twilio-signature', encoding: 'base64' },
      url: publicUrl,
      signed: ({ url, body }) => {
        const fields = BODY_HASH.test(url) ? '' : sortedFields(body)
        return withAndWithoutPort(url).map((each) => [each, fields])
      },
      id: { header: 'i-twilio-idempotency-token', or: bodyHash },
      type: {
        field: 'EventType',
        or: { field: 'MessageStatus', or: { field: 'CallStatus', or: 'request' } },
      },
      parse: parseFormOrJson,
      writeUrl: (url, body) =>
        isJson(textOf(body))
          ? andThen(bodyHash(body), (hash) => `${url}${url.includes('?') ? '&' : '?'}bodySHA256=${hash}`)
          : url,
    },
    'SHA-1',
  )
  const url = publicUrl('twilio', options.url)
  return {
    ...provider,
    check(request, nowMs) {
      const [, hash] = BODY_HASH.exec(url.read(request)) ?? []
      if (hash === undefined) {
        // To sort many takes long, and anybody can send them.
        if (textOf(request.body.part).split('&', MAX_FIELDS + 1).length > MAX_FIELDS) {
          request.refuse('malformed_body', `The form has more than ${MAX_FIELDS} fields.`)
        }
        return provider.check(request, nowMs)
      }
      // The signature covers the URL alone, so that the hash in it must be that of the body.
      return andThen(bodyHash(request.body.bytes), (actual) =>
        actual === hash.toLowerCase() ? provider.check(request, nowMs) : null,
      )
    },
  }
}

/** Many times what Twilio sends. */
const MAX_FIELDS = 1_000

const BODY_HASH = /[?&]bodySHA256=([0-9a-f]{64})(?![^&#])/i

/** As Twilio's library joins them: by name, and of one name every value once. */
function sortedFields(body: Part): string {
  const fields = new URLSearchParams(textOf(body))
  const sorted = (texts: Iterable<string>) => [...new Set(texts)].sort()
  return sorted(fields.keys())
    .map((name) => name + sorted(fields.getAll(name)).join(name))
    .join('')
}

/** Twilio signs the port in some of its products, and leaves it out in others. */
function withAndWithoutPort(url: string): string[] {
  const other = (_: string, origin: string, s: string, port?: string) =>
    origin + (port ? '' : s ? ':443' : ':80')
  return [url, url.replace(/^(http(s?):\/\/[^/:?#@]+)(:\d+)?/i, other)]
}

function textOf(body: Part): string {
  return new TextDecoder().decode(concatBytes([body]))
}
