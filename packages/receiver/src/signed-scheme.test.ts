import { describe, expect, it } from 'vitest'
import { codeProof } from './hmac-proof'
import { OpenedBody } from './opened-body'
import { headerReader } from './read-header'
import { refuse } from './refuse'
import type { SignatureForm } from './signature-form'
import { signedScheme } from './signed-scheme'

const list: SignatureForm = { header: 'x', encoding: 'base64', prefix: 'v1,', separator: ' ' }
const one: SignatureForm = { header: 'x', encoding: 'hex', prefix: 'sha256=' }

/** The secret that proves a header, where the code of two bytes by each of two secrets is known. */
async function provedBy(text: string, signature = list): Promise<number | null> {
  const codes = signature.encoding === 'hex' ? ['0a0b', '0a0c'] : ['AAE=', 'AAI=']
  const form = {
    strength: 'signed-without-time',
    signature,
    id: { field: 'id' },
    type: { field: 'type' },
  } as const
  const scheme = signedScheme(
    'acme',
    form,
    codeProof(2, signature.encoding, () => codes),
  )
  const body = new OpenedBody('', JSON.parse)
  const proved = await scheme.check({ header: headerReader({ x: text }), body, refuse }, 0)
  return proved && proved.matchedSecret
}

const refusedWith = (code: string) => expect.objectContaining({ code }) as Error

describe('a header of several signatures', () => {
  it('is proved by the newest secret that one of them is by, whatever other versions stand there', async () => {
    expect(await provedBy('v2,?? v1,AAE= v1a,AAAA v1,AAI=')).toBe(0)
    expect(await provedBy('v1,AAI= v1,AAE=')).toBe(0)
    expect(await provedBy('v1,AAM= v1,AAI=')).toBe(1)
  })

  it.each([
    ['a shorter one', 'v1,AA'],
    ['a longer one', 'v1,AAAA'],
    ['an empty one', 'v1,'],
    ['a double space', ''],
    ['what Headers makes of two headers', 'v1,AAI=,'],
    ['a character that is wider than a byte', 'v1,AAI\u013d'],
    ['nonsense', '?'],
  ])('is proved beside what is malformed, wherever it stands: %s', async (_, entry) => {
    expect(await provedBy(`${entry} v1,AAE=`)).toBe(0)
    expect(await provedBy(`v1,AAE= ${entry}`)).toBe(0)
  })

  it('is read up to 16 and not 17, of whatever form', async () => {
    const signatures = (count: number) => Array.from({ length: count }, () => 'v1,AAE=').join(' ')
    expect(await provedBy(signatures(16))).toBe(0)
    await expect(provedBy(signatures(17))).rejects.toThrow(refusedWith('too_many_signatures'))
    expect(await provedBy('v2,x '.repeat(15) + 'v1,AAE=')).toBe(0)
    for (const entry of ['v2,x', 'v1,AA', '']) {
      const text = `${entry} `.repeat(16) + 'v1,AAE='
      await expect(provedBy(text)).rejects.toThrow(refusedWith('too_many_signatures'))
    }
  })

  it('is proved by nothing where each is of the form, and none the right one', async () => {
    expect(await provedBy('v1,AAM= v1,//8=')).toBeNull()
  })

  it.each([
    ['no signature of this version', 'v2,AAE='],
    ['spaces alone', '   '],
    ['a version without a signature', 'v1,'],
    ['a signature of another length', 'v1,AAAA'],
    ['one in another alphabet', 'v1,AA_='],
    ['one with stray bits', 'v1,AAF='],
    ['one without padding', 'v1,AAE'],
    ['the right one in characters wider than a byte', 'v1,\u0141\u0141\u0145\u013d'],
    ['several of which none is of the form', 'v1,AA v1,AAAA v2,AAE='],
  ])('is refused with %s', async (_, text) => {
    await expect(provedBy(text)).rejects.toThrow(refusedWith('malformed_header'))
  })
})

describe('a header of one signature', () => {
  it('is read after its prefix, in digits of either case', async () => {
    expect(await provedBy('sha256=0a0b', one)).toBe(0)
    expect(await provedBy('sha256=0A0c', one)).toBe(1)
    expect(await provedBy('sha256=0a0d', one)).toBeNull()
  })

  it.each([
    '0a0b',
    'sha1=0a0b',
    'SHA256=0a0b',
    'sha256=0a',
    'sha256=0a0b0c',
    'sha256=0a0g',
    'sha256=0a0b sha256=0a0b',
    'sha256=',
  ])('is refused: %j', async (text) => {
    await expect(provedBy(text, one)).rejects.toThrow(refusedWith('malformed_header'))
  })
})
