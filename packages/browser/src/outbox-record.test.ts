import { expect, test } from 'vitest'
import { decodeRecord, encodeRecord } from './outbox-record'
import { createItem } from './page-item'

test('what was written is read again, whatever is in it', () => {
  const items = ['plain', 'tab\t and\nbreak\r', '🌅 \u2028 \ud800', '"quoted\\"'].map((description, i) =>
    createItem(
      i === 1 ? 'profile' : 'events',
      '0190a1b2-c3d4-7e5f-8a6b-000000000001',
      { eventId: `0190a1b2-c3d4-7e5f-8a6b-00000000000${i}`, timestamp: 'now', ...{ description } },
      1_800_000_000_000 + i,
    ),
  )
  expect(decodeRecord(encodeRecord(items))).toEqual(items)
})

test.each(['', 'text', 'a\tb\tc\td'])('what is none (%j) gives no item', (record) => {
  for (const { id, bytes } of decodeRecord(record)) {
    expect(id.length === 36 && Number.isFinite(bytes)).toBe(false)
  }
})
