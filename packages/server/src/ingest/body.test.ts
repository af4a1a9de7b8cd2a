import { gzipSync } from 'node:zlib'
import { LIMITS } from '@arunika/protocol'
import { describe, expect, it } from 'vitest'
import { decodeBody, parseBody } from './body'

const refusal = (code: string): unknown => expect.objectContaining({ code })

describe('decoding a body', () => {
  const body = Buffer.from('{"a":1}')

  it.each([undefined, '', 'identity', 'Identity'])(
    'leaves it as it is with the encoding %s',
    async (encoding) => {
      expect(await decodeBody(body, encoding)).toBe(body)
    },
  )

  it.each(['gzip', 'GZIP'])('unzips it with the encoding %s', async (encoding) => {
    expect(await decodeBody(gzipSync(body), encoding)).toEqual(body)
  })

  it.each(['br', 'deflate', 'gzip, gzip', 'x'])('refuses the encoding %s', async (encoding) => {
    await expect(decodeBody(body, encoding)).rejects.toEqual(refusal('unsupported_encoding'))
  })

  it('unzips up to the limit and no further', async () => {
    const most = Buffer.alloc(LIMITS.maxUnzippedBodyBytes)
    expect(await decodeBody(gzipSync(most), 'gzip')).toHaveLength(most.length)
    const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024))
    await expect(decodeBody(bomb, 'gzip')).rejects.toEqual(refusal('body_too_large'))
  })

  it.each([gzipSync(body).subarray(0, -3), body, Buffer.alloc(0)])(
    'refuses what is no gzip',
    async (bytes) => {
      await expect(decodeBody(bytes, 'gzip')).rejects.toEqual(refusal('malformed_json'))
    },
  )
})

describe('parsing a body', () => {
  it('reads one JSON value in UTF-8, with or without a byte order mark', () => {
    expect(parseBody(Buffer.from('\uFEFF{"kopi":"☕"}'))).toEqual({ kopi: '☕' })
  })

  it('keeps a field named __proto__ as a field', () => {
    const value = parseBody(Buffer.from('{"__proto__":{"admin":true}}')) as Record<string, unknown>
    expect(Object.keys(value)).toEqual(['__proto__'])
    expect(value['admin']).toBeUndefined()
  })

  it.each(['', ' ', '{', '{}{}', 'NaN', "{'a':1}", 'undefined'])('refuses %j', (text) => {
    expect(() => parseBody(Buffer.from(text))).toThrow(refusal('malformed_json'))
  })

  it('refuses bytes that are no UTF-8', () => {
    expect(() => parseBody(Buffer.from([0x22, 0xff, 0x22]))).toThrow(refusal('malformed_json'))
    expect(() => parseBody(Buffer.from('"a"', 'utf16le'))).toThrow(refusal('malformed_json'))
  })
})
