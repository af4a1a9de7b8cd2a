import type { Page } from '@arunika/protocol'
import { expect, it } from 'vitest'
import { pageOf, pageRequestOf } from './page-of'
import { Refusal } from './refusal'

const items = ['a', 'b', 'c', 'd', 'e']
const key = (item: string) => item

it('follows its cursors through the whole list, newest first', () => {
  const seen: string[][] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const query: URLSearchParams = new URLSearchParams({ limit: '2', cursor })
    const page: Page<string> = pageOf(items, pageRequestOf(query), key)
    seen.push(page.items)
    cursor = page.nextCursor
  }
  expect(seen).toEqual([['e', 'd'], ['c', 'b'], ['a']])
})

it('runs the other way where it is asked to', () => {
  const page = pageOf(items, pageRequestOf(new URLSearchParams({ limit: '5', order: 'asc' })), key)
  expect(page).toEqual({ items, nextCursor: null })
})

it.each([
  { limit: '0' },
  { limit: '-1' },
  { limit: '1.5' },
  { order: 'up' },
  { cursor: 'x' },
  { cursor: 'eA==' },
])('refuses %o', (query) => {
  expect(() => pageRequestOf(new URLSearchParams(query))).toThrow(Refusal)
})
