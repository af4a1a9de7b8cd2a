import { describe, expect, it } from 'vitest'
import { readBody } from './read-body'

const bytes = Uint8Array.of(0x7b, 0xff, 0x7d)

describe('readBody', () => {
  it.each([
    ['a Uint8Array', bytes],
    ['a Buffer', Buffer.from(bytes)],
    ['an ArrayBuffer', bytes.slice().buffer],
    ['a part of a larger buffer', Uint8Array.of(1, ...bytes, 1).subarray(1, 4)],
  ])('takes the exact bytes of %s', (_, body) => {
    expect(readBody(body)).toEqual(bytes)
  })

  it('takes text as its UTF-8 bytes', () => {
    expect(readBody('é')).toEqual(Uint8Array.of(0xc3, 0xa9))
  })

  it('takes a buffer that was transferred away as empty', () => {
    const gone = new Uint8Array(8)
    structuredClone(gone.buffer, { transfer: [gone.buffer] })
    expect(readBody(gone)).toEqual(new Uint8Array())
    expect(readBody(gone.buffer)).toEqual(new Uint8Array())
  })

  it.each<[string, unknown]>([
    ['an object', { type: 'order.shipped' }],
    ['an object', []],
    ['undefined', undefined],
    ['null', null],
    ['a number', 1],
  ])('refuses %s and says how to mend it', (name, body) => {
    const read = () => readBody(body)
    expect(read).toThrow(expect.objectContaining({ code: 'body_parsed' }))
    expect(read).toThrow(`The body is ${name}`)
    expect(read).toThrow('before app.use(express.json())')
  })
})
