import type { EventContext } from '@arunika/protocol'
import { name, version } from '../package.json'

/**
 * The most characters of one text. A page's URL may be a megabyte long; what is cut here keeps the context below the limit
 * past which the server would refuse the event.
 */
const MAX_CHARACTERS = 2_048
const MAX_CAMPAIGN_CHARACTERS = 256

/** Makes the function that says where something happens: the page as it is at that moment. */
export function createPageContext(): () => EventContext {
  // By far the slowest to read of all of these, and the same for the life of a page.
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return () => ({
    page: pageOf(location, document),
    locale: navigator.language,
    timezone,
    screen: { width: screen.width, height: screen.height },
    library: { name, version },
  })
}

/** The page itself; what is empty is left out. */
export function pageOf(
  { href, pathname }: Pick<Location, 'href' | 'pathname'>,
  { title, referrer }: Pick<Document, 'title' | 'referrer'>,
): NonNullable<EventContext['page']> {
  return {
    url: cut(href, MAX_CHARACTERS),
    path: cut(pathname, MAX_CHARACTERS),
    ...(title !== '' && { title: cut(title, MAX_CHARACTERS) }),
    ...(referrer !== '' && { referrer: cut(referrer, MAX_CHARACTERS) }),
  }
}

/**
 * What brought the visitor here, from the `utm_` parameters of a URL's query; `undefined` where there is none.
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
  return Object.keys(campaign).length > 0 ? campaign : undefined
}

function cut(text: string, max: number): string {
  // Not between the halves of a pair: a half alone is no text that every store can keep.
  return text.length > max ? text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '') : text
}
