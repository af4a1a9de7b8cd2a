import { validateEvent } from '@arunika/protocol'
import { expect, test } from 'vitest'
import { campaignOf, pageOf } from './page-context'

test('a page is its url, path, title and referrer', () => {
  const url = 'https://shop.test/lamps?page=2#top'
  expect(pageOf({ url, title: 'Lamps', referrer: 'https://search.test/' })).toEqual({
    url: 'https://shop.test/lamps?page=2#top',
    path: '/lamps',
    title: 'Lamps',
    referrer: 'https://search.test/',
  })
})

test('what a page does not have is left out', () => {
  const page = pageOf({ url: 'https://shop.test/', title: '', referrer: '' })
  expect(page).toEqual({ url: 'https://shop.test/', path: '/' })
})

test('a page whose texts are a megabyte long still makes an event that the server takes', () => {
  const long = '\u0001🌅"'.repeat(250_000)
  const query = new URLSearchParams(
    ['source', 'medium', 'campaign', 'term', 'content'].map((k) => [`utm_${k}`, long]),
  )
  const page = pageOf({ url: long, title: long, referrer: long })
  const context = { page, campaign: campaignOf(query.toString()) }
  const eventId = '0190a1b2-c3d4-7e5f-8a6b-000000000001'
  const timestamp = '2026-01-31T09:30:00.000Z'
  expect(validateEvent({ eventId, timestamp, eventType: 'page_view', context })).toMatchObject({ ok: true })
})

test('a text is never cut through a character', () => {
  for (const title of ['🌅'.repeat(2_000), `x${'🌅'.repeat(2_000)}`]) {
    const cut = pageOf({ url: '', title, referrer: '' }).title ?? ''
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

test.each([
  ['https://shop.test', ''],
  ['https://shop.test?page=2', ''],
  ['https://shop.test:8080/a/b/#top', '/a/b/'],
  ['capacitor://localhost/a', '/a'],
  ['file:///C:/shop.html', '/C:/shop.html'],
  ['/users/:id?tab=1', '/users/:id'],
])('the path of %s is %j', (url, path) => {
  expect(pageOf({ url, title: '', referrer: '' }).path).toBe(path)
})

test('a campaign has the click id of an advertising network', () => {
  expect(campaignOf('?utm_source=ads&gclid=Cj0K')).toEqual({
    source: 'ads',
    clickId: 'Cj0K',
    clickIdType: 'gclid',
  })
})

test.each(['', '?', '?page=2', '?utm_source='])('%j brings no campaign', (query) => {
  expect(campaignOf(query)).toBeUndefined()
})
