import type { OpenedRequest } from './provider'

/** The URL of a scheme that signs it. */
export interface PublicUrl {
  /** What was configured, if anything. */
  readonly configured: string | undefined
  /** The URL as the sender has called it; refused where it is not known. */
  readonly read: (request: OpenedRequest) => string
}

const ABSOLUTE = /^https?:\/\/./i

/**
 * The URL as the sender knows it: the configured one, since behind a proxy a request does not tell it, with the query of
 * the request where the configured one has none; else that of the request.
 *
 * @throws TypeError where the configured one is no absolute URL.
 */
export function publicUrl(owner: string, configured: string | undefined): PublicUrl {
  if (configured !== undefined && !ABSOLUTE.test(configured)) {
    throw new TypeError(`${owner}: url must be the public URL, such as https://example.com/webhooks.`)
  }
  return {
    configured,
    read: (request) => {
      const { url = '' } = request
      const query = url.includes('?') ? url.slice(url.indexOf('?')) : ''
      const full = configured === undefined ? url : configured.includes('?') ? configured : configured + query
      if (ABSOLUTE.test(full)) return full
      return request.refuse(
        'missing_url',
        `${owner} signs the URL, which the request does not tell: set the option url.`,
      )
    },
  }
}
