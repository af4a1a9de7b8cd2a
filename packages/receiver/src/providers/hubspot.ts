import { bodyHash } from '../body-hash'
import { hmacPreset, type TimedPresetOptions, type UrlPresetOptions } from '../preset'
import type { Provider } from '../provider'
import { publicUrl } from '../public-url'

/** The options of {@link hubspot}. */
export type HubspotOptions = TimedPresetOptions & UrlPresetOptions

/**
 * HubSpot, version 3: HMAC-SHA256 over method, URL, body and time (in milliseconds), by the client secret, in
 * `X-HubSpot-Signature-v3`. Behind a proxy, give `url`: the public one. A body holds several events: the id and the type are
 * those of the first one.
 *
 * Rests on HubSpot's documentation; there is no published vector.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = hubspot({ secret: clientSecret, url: 'https://example.com/webhooks/hubspot' })
 */
export function hubspot(options: HubspotOptions): Provider<'signed'> {
  return hmacPreset('hubspot', options, {
    strength: 'signed',
    signature: { header: 'x-hubspot-signature-v3', encoding: 'base64' },
    timestamp: { header: 'x-hubspot-request-timestamp', unit: 'ms' },
    url: publicUrl,
    signed: ({ method, url, body, timestamp }) => [method, decoded(url), body, timestamp],
    // An event id alone is not unique, says HubSpot.
    id: {
      fields: [
        ['0', 'eventId'],
        ['0', 'subscriptionId'],
        ['0', 'occurredAt'],
      ],
      or: bodyHash,
    },
    type: { field: ['0', 'subscriptionType'], or: 'events' },
  })
}

/** The escapes that HubSpot writes as the characters themselves. */
const ESCAPES = /%(?:2[14789ACF]|3[ABF]|40)/gi

function decoded(url: string): string {
  return url.replace(ESCAPES, decodeURIComponent)
}
