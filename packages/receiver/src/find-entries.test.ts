import { expect, it } from 'vitest'
import { findEntries } from './find-entries'

function entries(text: string, form: Parameters<typeof findEntries>[1], most = 16) {
  const places = findEntries(text, form, most)
  return places?.flatMap((start, at) => (at % 2 === 0 ? [text.slice(start, places[at + 1])] : [])) ?? null
}

it.each([
  ['v1,AAE= v1,AAI=', { prefix: 'v1,', separator: ' ' }, ['AAE=', 'AAI=']],
  ['v2,?? v1,AAE= v1a,AAAA v1,AAI=', { prefix: 'v1,', separator: ' ' }, ['AAE=', 'AAI=']],
  ['t=1,v1=a,v0=b', { prefix: 'v1=', separator: ',' }, ['a']],
  ['a b', { separator: ' ' }, ['a', 'b']],
  ['a', { separator: ' ' }, ['a']],
  ['a--b', { separator: '--' }, ['a', 'b']],
  ['  ', { separator: ' ' }, ['', '', '']],
  ['v1, v1,', { prefix: 'v1,', separator: ' ' }, ['', '']],
  ['sha256=0a0b', { prefix: 'sha256=' }, ['0a0b']],
  ['sha256=0a 0b', { prefix: 'sha256=' }, ['0a 0b']],
  ['SHA256=0a', { prefix: 'sha256=' }, []],
  ['0a', { prefix: 'sha256=' }, []],
  ['0a', {}, ['0a']],
  // A prefix ends where its entry does.
  ['a,b,c', { prefix: 'a,b', separator: ',' }, []],
])('finds the entries of %j by %j', (text, form, found) => {
  expect(entries(text, form)).toEqual(found)
})

it('gives up where there are more entries than it may look at, of whatever form', () => {
  const form = { prefix: 'v1,', separator: ' ' }
  const written = (entry: string, count: number) => Array.from({ length: count }, () => entry).join(' ')
  for (const entry of ['v1,AAE=', 'v2,x', '']) {
    expect(entries(written(entry, 16), form)).not.toBeNull()
    expect(entries(written(entry, 17), form)).toBeNull()
  }
})
