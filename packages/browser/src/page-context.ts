import type { EventContext } from '@arunika/protocol'
import { name, version } from '../package.json'

/**
 * The most characters of one text. A page's URL may be a megabyte long; what is cut here keeps the context below the limit
 * past which the server would refuse the event.
 */
const MAX_CHARACTERS = 2_048
const MAX_GIVEN_CHARACTERS = 16_384
const MAX_CAMPAIGN_CHARACTERS = 256

/** The parameters by which advertising networks recognise a click: `gclid`, `fbclid`, `msclkid` and their like. */
const CLICK_ID = /^(\w*cl(k)?id|[gw]braid|li_fat_id)$/

/**
 * Makes the function that says where something happens: the page as it is at that moment.
 *
 * @param sanitizeUrl - What is kept of a URL; must not throw.
 */
export function createPageContext(sanitizeUrl: (url: string) => string): () => EventContext {
  const timezone = timezoneOf()
  const sanitize = (url: string) => sanitizeUrl(cut(url, MAX_GIVEN_CHARACTERS))
  const library = { name, version }
  let seen: string | undefined
  let page: NonNullable<EventContext['page']> = {}
  return () => {
    const { href } = location
    const { title, referrer } = document
    const found = `${href}\n${title}`
    // Most events of a page happen at one URL.
    if (found !== seen) page = pageOf({ url: sanitize(href), title, referrer: sanitize(referrer) })
    seen = found
    return {
      page: { ...page }, // the app's `beforeSend` may change it
      locale: navigator.language,
      timezone,
      screen: { width: screen.width, height: screen.height },
      library,
    }
  }
}

/** By far the slowest to read: `Intl` takes Chromium 10 ms at its first use, `Temporal`, where there is one, a fraction. */
function timezoneOf(): string {
  const { Temporal } = globalThis as { Temporal?: { Now: { timeZoneId(): string } } }
  return Temporal?.Now.timeZoneId() ?? Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** The page itself; what is empty is left out. */
export function pageOf(given: {
  url: string
  title: string
  referrer: string
}): NonNullable<EventContext['page']> {
  const { url, title, referrer } = given
  return {
    url: cut(url),
    path: cut(url.replace(/^[a-z-]+:\/\/[^/?#]*|[?#].*$/gi, '')),
    ...(title && { title: cut(title) }),
    ...(referrer && { referrer: cut(referrer) }),
  }
}

/**
 * What brought the visitor here, from the `utm_` parameters and the click id of a URL's query; `undefined` where there is none.
 *
 * @example
 * campaignOf('?utm_source=newsletter&utm_campaign=spring') // { source: 'newsletter', name: 'spring' }
 */
export function campaignOf(search: string): EventContext['campaign'] {
  const query = new URLSearchParams(search)
  const campaign: NonNullable<EventContext['campaign']> = {}
  for (const field of ['source', 'medium', 'name', 'term', 'content'] as const) {
    const value = query.get(`utm_${field === 'name' ? 'campaign' : field}`)
    if (value) campaign[field] = cut(value, MAX_CAMPAIGN_CHARACTERS)
  }
  for (const [clickIdType, clickId] of query) {
    if (clickId && CLICK_ID.test(clickIdType))
      Object.assign(campaign, { clickId: cut(clickId, MAX_CAMPAIGN_CHARACTERS), clickIdType })
  }
  return Object.keys(campaign).length > 0 ? campaign : undefined
}

function cut(text: string, max = MAX_CHARACTERS): string {
  // Not between the halves of a pair: a half alone is no text that every store can keep.
  return text.length > max ? text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '') : text
}
