import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeWhsec, readSecrets } from './secrets'

const read = (secret: unknown) => readSecrets('acme', secret, decodeWhsec, 'whsec_ and base64')

describe('a secret', () => {
  it('is one, a list, or bytes', () => {
    expect(read('whsec_AAE=').map((key) => [...key])).toEqual([[0, 1]])
    expect(read(['AAE=', Uint8Array.of(7)]).map((key) => [...key])).toEqual([[0, 1], [7]])
    expect(readSecrets('acme', 'é')).toEqual([Uint8Array.of(0xc3, 0xa9)])
  })

  it('is copied, so that the caller may wipe its own', () => {
    const mine = Uint8Array.of(1, 2)
    const [key] = read(mine)
    mine.fill(0)
    expect(key).toEqual(Uint8Array.of(1, 2))
  })

  it.each<[string, unknown]>([
    ['an empty text', ''],
    ['a text of another form', 'whsec_'],
    ['a text of another form', 'whsec_not base64'],
    ['no bytes', new Uint8Array()],
    ['undefined (is the environment variable set?)', undefined],
    ['number', 42],
    ['object', { secret: 'whsec_AAE=' }],
  ])('is refused at once where it is %s', (found, secret) => {
    const message = `acme: secret must be whsec_ and base64, or its bytes; got ${found}.`
    expect(() => read(secret)).toThrow(new TypeError(message))
  })

  it('is named by its place in a list', () => {
    expect(() => read(['whsec_AAE=', ''])).toThrow('acme: secret[1] must be')
  })

  it('is missing in the holes of a list', () => {
    expect(() => read(new Array(1))).toThrow('acme: secret[0] must be')
    // eslint-disable-next-line no-sparse-arrays -- what is tested
    expect(() => read(['whsec_AAE=', , 'whsec_AAE='])).toThrow('acme: secret[1] must be')
  })

  it('is one of 1 to 16', () => {
    const secrets = (length: number) => Array.from({ length }, () => 'whsec_AAE=')
    expect(read(secrets(16))).toHaveLength(16)
    expect(() => read(secrets(17))).toThrow(
      'acme: give one secret, or a list of 1 to 16 with the newest first.',
    )
    expect(() => read([])).toThrow('acme: give one secret')
  })

  it('is never in a message', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 6, unit: fc.constantFrom('Q', 'X', 'Z', '!', '?', '$') }),
        (secret) => {
          try {
            read(`whsec_${secret}`)
          } catch (error) {
            expect(String(error)).not.toContain(secret)
          }
        },
      ),
    )
  })
})
