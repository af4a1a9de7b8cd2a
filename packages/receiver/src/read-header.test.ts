import { describe, expect, it } from 'vitest'
import { headerReader } from './read-header'

const read = (headers: unknown) => headerReader(headers)('webhook-id')

describe('every form of headers', () => {
  it.each([
    ['Web Headers', new Headers({ 'Webhook-Id': 'msg_1' })],
    ['rawHeaders', ['Host', 'webhook-id', 'WEBHOOK-ID', 'msg_1']],
    ['Node headers', { host: 'x', 'webhook-id': 'msg_1' }],
    ['a plain object in any case', { 'Webhook-ID': 'msg_1' }],
    ['a list with one value', { 'webhook-id': ['msg_1'] }],
    ['an absent one beside the other', { 'webhook-id': 'msg_1', 'Webhook-Id': undefined }],
    [
      'an object without a prototype',
      Object.assign(Object.create(null) as object, { 'webhook-id': 'msg_1' }),
    ],
  ])('reads %s', (_, headers) => {
    expect(read(headers)).toBe('msg_1')
  })
})

describe('a header that is not there', () => {
  it.each([
    ['Web Headers', new Headers()],
    ['rawHeaders with the name as a value', ['x', 'webhook-id', 'y', 'z']],
    ['rawHeaders cut off', ['webhook-id']],
    ['an object', { 'webhook-id': undefined }],
    ['an empty list', { 'webhook-id': [] }],
    ['a name that only a prototype has', Object.create({ 'webhook-id': 'msg_1' })],
    ['nothing', undefined],
    ['a text', 'webhook-id: msg_1'],
  ])('is missing: %s', (_, headers) => {
    expect(read(headers)).toBeUndefined()
  })
})

describe('a header that came twice', () => {
  it.each([
    ['in rawHeaders', ['webhook-id', 'msg_1', 'Webhook-Id', 'msg_1']],
    ['in two cases', { 'webhook-id': 'msg_1', 'Webhook-Id': 'msg_2' }],
    ['in a list', { 'webhook-id': ['msg_1', 'msg_2'] }],
    [
      'in a list longer than a call takes arguments',
      { 'webhook-id': Array.from({ length: 300_000 }, () => 'x') },
    ],
  ])('is refused: %s', (_, headers) => {
    expect(() => read(headers)).toThrow(expect.objectContaining({ code: 'duplicate_header' }))
  })
})

describe('a value that is no plain text', () => {
  it.each<[string, unknown]>([
    ['an empty one', ''],
    ['a huge one', 'x'.repeat(8_193)],
    ['a number', 1],
    ['an object', { toString: () => 'msg_1' }],
  ])('is malformed: %s', (_, value) => {
    expect(() => read({ 'webhook-id': value })).toThrow(expect.objectContaining({ code: 'malformed_header' }))
  })
})
