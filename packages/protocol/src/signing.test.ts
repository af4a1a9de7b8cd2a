import { describe, expect, test } from 'vitest'
import vectors from '../vectors/signatures.json'
import { sign, signingString, verifySignature } from './signing'

interface Vector {
  name: string
  apiKey: string
  timestamp: string
  body?: string | undefined
  bodyBase64?: string | undefined
  signature: string
  nowMs: number
  expected: string
}

const cases: Vector[] = vectors.cases
const utf8 = new TextEncoder()

function bytesOf({ body, bodyBase64 }: Vector): Uint8Array {
  if (bodyBase64 === undefined) return utf8.encode(body)
  return Uint8Array.from(atob(bodyBase64), (character) => character.charCodeAt(0))
}

describe('the vectors of signatures', () => {
  test.each(cases)('$name: $expected', async (vector) => {
    const { apiKey, timestamp, signature, nowMs, expected } = vector
    const verdict = await verifySignature({ apiKey, timestamp, signature, body: bytesOf(vector), nowMs })
    expect(verdict).toEqual(expected === 'valid' ? { ok: true } : { ok: false, code: expected })
  })

  const canonical = cases.filter(
    ({ expected, timestamp }) => expected === 'valid' && !timestamp.startsWith('0'),
  )
  test.each(canonical)('are made again by sign: $name', async (vector) => {
    const { apiKey, timestamp, signature } = vector
    expect(await sign({ apiKey, timestamp: Number(timestamp), body: bytesOf(vector) })).toBe(signature)
  })
})

/** What a caller without TypeScript may pass. */
const asBytes = (value: unknown) => value as Uint8Array

describe('what is signed', () => {
  test('is a view’s own bytes, whatever buffer they lie in and whatever kind of view it is', () => {
    const words = new Uint16Array([0x6261, 0x6463])
    const view = new DataView(utf8.encode('..abcd..').buffer, 2, 4)
    const expected = utf8.encode('7.abcd')
    expect(signingString(7, utf8.encode('..abcd..').subarray(2, 6))).toEqual(expected)
    expect(signingString(7, asBytes(words))).toEqual(expected)
    expect(signingString(7, asBytes(view))).toEqual(expected)
  })

  test('is never text, whose characters would all be read as zeros', async () => {
    const body = asBytes('abc')
    const { apiKey, timestamp, signature, nowMs } = cases[0]!
    expect(() => signingString(7, body)).toThrow(TypeError)
    await expect(sign({ apiKey, timestamp: 7, body })).rejects.toThrow(TypeError)
    await expect(verifySignature({ apiKey, timestamp, signature, nowMs, body })).rejects.toThrow(TypeError)
  })
})

test('an empty API key signs nothing and verifies nothing', async () => {
  const { timestamp, signature, nowMs } = cases[0]!
  const body = bytesOf(cases[0]!)
  await expect(sign({ apiKey: '', timestamp: 7, body })).rejects.toThrow('apiKey')
  expect(await verifySignature({ apiKey: '', timestamp, signature, nowMs, body })).toEqual({
    ok: false,
    code: 'invalid_signature',
  })
})

test('a clock that is not a number lets no signature through', async () => {
  const { apiKey, timestamp, signature } = cases[0]!
  const verdict = await verifySignature({
    apiKey,
    timestamp,
    signature,
    nowMs: NaN,
    body: bytesOf(cases[0]!),
  })
  expect(verdict).toEqual({ ok: false, code: 'timestamp_out_of_range' })
})
