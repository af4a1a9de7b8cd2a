import { describe, expect, it } from 'vitest'
import { readSignatures, type SignatureForm } from './read-signatures'

const list: SignatureForm = { header: 'x', encoding: 'base64', prefix: 'v1,', separator: ' ' }
const one: SignatureForm = { header: 'x', encoding: 'hex', prefix: 'sha256=' }
/** Without the difference between a Buffer and a plain array of bytes. */
function read(text: string, form = list) {
  const signatures = readSignatures(text, form, ({ length }) => length === 2)
  return signatures.ok
    ? { ok: true, value: signatures.value.map((bytes) => new Uint8Array(bytes)) }
    : signatures
}

describe('a header of several signatures', () => {
  it('gives them in their order, without those of other versions', () => {
    const bytes = [Uint8Array.of(0, 1), Uint8Array.of(0, 2)]
    expect(read('v2,?? v1,AAE= v1a,AAAA v1,AAI=')).toEqual({ ok: true, value: bytes })
  })

  it.each([
    ['a shorter one', 'v1,AA'],
    ['a longer one', 'v1,AAAA'],
    ['an empty one', 'v1,'],
    ['a double space', ''],
    ['what Headers makes of two headers', 'v1,AAI=,'],
    ['nonsense', '?'],
  ])('passes over what is malformed, wherever it stands: %s', (_, entry) => {
    const good = { ok: true, value: [Uint8Array.of(0, 1)] }
    expect(read(`${entry} v1,AAE=`)).toEqual(good)
    expect(read(`v1,AAE= ${entry}`)).toEqual(good)
  })

  it('takes 16 and not 17', () => {
    const signatures = (count: number) => Array.from({ length: count }, () => 'v1,AAE=').join(' ')
    expect(read(signatures(16)).ok).toBe(true)
    expect(read(signatures(17))).toMatchObject({ ok: false, code: 'too_many_signatures' })
    expect(read('v2,x '.repeat(15) + 'v1,AAE=').ok).toBe(true)
    for (const entry of ['v2,x', 'v1,AA', '']) {
      const text = `${entry} `.repeat(16) + 'v1,AAE='
      expect(read(text)).toMatchObject({ ok: false, code: 'too_many_signatures' })
    }
  })

  it.each([
    ['no signature of this version', 'v2,AAE='],
    ['spaces alone', '   '],
    ['a version without a signature', 'v1,'],
    ['a signature of another length', 'v1,AAAA'],
    ['several of which none is of the form', 'v1,AA v1,AAAA v2,AAE='],
  ])('refuses %s', (_, text) => {
    expect(read(text)).toMatchObject({ ok: false, code: 'malformed_header' })
  })
})

describe('a header of one signature', () => {
  it('is read after its prefix', () => {
    expect(read('sha256=0a0b', one)).toEqual({ ok: true, value: [Uint8Array.of(10, 11)] })
  })

  it.each([
    '0a0b',
    'sha1=0a0b',
    'SHA256=0a0b',
    'sha256=0a',
    'sha256=0a0b0c',
    'sha256=0a0b sha256=0a0b',
    'sha256=',
  ])('refuses %j', (text) => {
    expect(read(text, one)).toMatchObject({ ok: false, code: 'malformed_header' })
  })
})
