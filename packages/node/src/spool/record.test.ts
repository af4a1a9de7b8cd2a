import fc from 'fast-check'
import { expect, test } from 'vitest'
import { item } from '../../test/support/spool'
import { decodeRecord, encodeRecord } from './record'

const line = (text: string) => Buffer.from(encodeRecord(item(text)).slice(0, -1))

test('what was written is read again, whatever is in it', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      (text, takenAt) => {
        const written = { ...item(text), takenAt: takenAt + 0 }
        const record = encodeRecord(written)
        expect(record.indexOf('\n')).toBe(record.length - 1)
        expect(decodeRecord(Buffer.from(record.slice(0, -1)))).toEqual(written)
      },
    ),
  )
})

test('no byte can be changed, added or left out', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (text, at, change) => {
        const bytes = line(text)
        const index = at % bytes.length
        const changed = Buffer.from(bytes)
        changed[index]! ^= change
        expect(decodeRecord(changed)).toBe(null)
        expect(decodeRecord(bytes.subarray(0, index))).toBe(null)
        expect(decodeRecord(Buffer.concat([bytes.subarray(0, index), bytes.subarray(index + 1)]))).toBe(null)
        expect(decodeRecord(Buffer.concat([bytes, Buffer.of(change)]))).toBe(null)
      },
    ),
  )
})

test('any other bytes are none, and never throw', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(decodeRecord(Buffer.from(bytes))).toBe(null)
    }),
  )
})

const whole = item('whole')
test.each([
  ['an id that is none', { ...whole, json: '{"eventId":7}' }],
  ['JSON that begins with something else', { ...whole, json: '{"id":"x"}' }],
  ['JSON that does not end', { ...whole, json: whole.json.slice(0, -1) }],
  ['no JSON', { ...whole, json: '' }],
  ['a time that is none', { ...whole, takenAt: NaN }],
  ['no time', { ...whole, takenAt: '' as unknown as number }],
])('a record with %s is none, though its checksum is right', (_, wrong) => {
  expect(decodeRecord(Buffer.from(encodeRecord(wrong).slice(0, -1)))).toBe(null)
})
