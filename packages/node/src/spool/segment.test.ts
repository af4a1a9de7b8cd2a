import fc from 'fast-check'
import { expect, test } from 'vitest'
import { item } from '../../test/support/spool'
import { encodeRecord } from './record'
import { countRecords, readSegment } from './segment'

const items = ['first', 'second', 'third'].map(item)
const bytes = Buffer.from(items.map(encodeRecord).join(''))

test('has its items in the order in which they were written', () => {
  expect(readSegment(bytes)).toEqual({ items, damaged: [] })
  expect(countRecords(bytes)).toBe(3)
})

test('cut at any byte, has the records before it and the rest as damaged', () => {
  const ends = items.map(
    (_, index) =>
      items
        .slice(0, index + 1)
        .map(encodeRecord)
        .join('').length,
  )
  for (let length = 0; length <= bytes.length; length++) {
    const content = readSegment(bytes.subarray(0, length))
    // A record is whole without its line break.
    expect(content.items).toEqual(items.slice(0, ends.filter((end) => end - 1 <= length).length))
    const isTorn = length > 0 && !ends.includes(length) && !ends.includes(length + 1)
    expect(content.damaged, `${length}`).toHaveLength(isTorn ? 1 : 0)
  }
})

test('damaged anywhere, loses the damaged records alone', () => {
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = Buffer.from(bytes)
      changed[at]! ^= change
      const { items: left } = readSegment(changed)
      // A line break that is damaged joins two records to one.
      const lost = bytes[at] === 0x0a && at < bytes.length - 1 ? 2 : 1
      expect(left.length).toBeGreaterThanOrEqual(items.length - lost)
      for (const found of left) expect(items).toContainEqual(found)
    }),
  )
})

test('of any bytes gives no items, all the bytes back, and never throws', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (hostile) => {
      const { items: found, damaged } = readSegment(Buffer.from(hostile))
      expect(found).toEqual([])
      const kept = damaged.reduce((sum, part) => sum + part.length, 0)
      expect(kept).toBeGreaterThanOrEqual(hostile.length - damaged.length)
    }),
  )
})

test('of 16 MiB of line breaks or zeros is read in a moment', () => {
  expect(readSegment(Buffer.alloc(16_777_216)).items).toEqual([])
  expect(countRecords(Buffer.alloc(1_048_576, '\n'))).toBe(1_048_576)
})
