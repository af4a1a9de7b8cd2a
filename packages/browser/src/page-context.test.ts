import { validateEvent } from '@arunika/protocol'
import { expect, test } from 'vitest'
import { campaignOf, pageOf } from './page-context'

test('a page is its url, path, title and referrer', () => {
  const location = { href: 'https://shop.test/lamps?page=2#top', pathname: '/lamps' }
  expect(pageOf(location, { title: 'Lamps', referrer: 'https://search.test/' })).toEqual({
    url: 'https://shop.test/lamps?page=2#top',
    path: '/lamps',
    title: 'Lamps',
    referrer: 'https://search.test/',
  })
})

test('what a page does not have is left out', () => {
  const page = pageOf({ href: 'https://shop.test/', pathname: '/' }, { title: '', referrer: '' })
  expect(page).toEqual({ url: 'https://shop.test/', path: '/' })
})

test('a page whose texts are a megabyte long still makes an event that the server takes', () => {
  const long = '\u0001🌅"'.repeat(250_000)
  const query = new URLSearchParams(
    ['source', 'medium', 'campaign', 'term', 'content'].map((k) => [`utm_${k}`, long]),
  )
  const page = pageOf({ href: long, pathname: long }, { title: long, referrer: '' })
  const context = { page, campaign: campaignOf(query.toString()) }
  const eventId = '0190a1b2-c3d4-7e5f-8a6b-000000000001'
  const timestamp = '2026-01-31T09:30:00.000Z'
  expect(validateEvent({ eventId, timestamp, eventType: 'page_view', context })).toMatchObject({ ok: true })
})

test('a text is never cut through a character', () => {
  for (const title of ['🌅'.repeat(2_000), `x${'🌅'.repeat(2_000)}`]) {
    const cut = pageOf({ href: '', pathname: '' }, { title, referrer: '' }).title ?? ''
    expect(encodeURIComponent(cut).length).toBeGreaterThan(2_000) // which throws for half a pair
  }
})

test('a campaign is what the utm parameters say', () => {
  const query =
    '?utm_source=newsletter&utm_medium=email&utm_campaign=spring+sale&utm_term=lamp&utm_content=top&page=2'
  expect(campaignOf(query)).toEqual({
    source: 'newsletter',
    medium: 'email',
    name: 'spring sale',
    term: 'lamp',
    content: 'top',
  })
})

test.each(['', '?', '?page=2', '?utm_source='])('%j brings no campaign', (query) => {
  expect(campaignOf(query)).toBeUndefined()
})
