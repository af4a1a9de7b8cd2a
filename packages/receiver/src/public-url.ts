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
 * The URL as the sender knows it: the configured one, since behind a proxy a request does not tell it, with what the query of
 * the request has beyond its own; else that of the request.
 *
 * @throws TypeError where the configured one is no absolute URL.
 */
export function publicUrl(owner: string, configured: string | undefined): PublicUrl {
  if (configured !== undefined && !ABSOLUTE.test(configured)) {
    throw new TypeError(`${owner}: url must be the public URL, such as https://example.com/webhooks.`)
  }
  const own = queryIn(configured ?? '')
  return {
    configured,
    read: (request) => {
      const { url = '' } = request
      const query = queryIn(url)
      // One that begins otherwise was changed on the way.
      const isMore = query.startsWith(own)
      const full = configured === undefined ? url : configured + (isMore ? query.slice(own.length) : '')
      if (ABSOLUTE.test(full)) return full
      return request.refuse('missing_url', `${owner} signs the URL: set the option url, the public one.`)
    },
  }
}

/** The query of a URL, with its question mark; empty where it has none. */
export function queryIn(url: string): string {
  return url.replace(/^[^?]*/, '')
}
