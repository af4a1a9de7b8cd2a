import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { apiKey, type ApiKeyOptions } from './api-key'
import { bearer, type BearerOptions } from './bearer'
import { verify, verifySync } from './verify'

const options: BearerOptions = {
  name: 'acme',
  secret: 'hush',
  jwt: { algorithm: 'HS256', claims: { iss: 'acme' } },
  id: { field: 'id' },
  type: { field: 'type' },
}
const NOW = 1_700_000_000
const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url')

function jwt(
  claims: unknown = { iss: 'acme' },
  head: unknown = { alg: 'HS256' },
  secret = 'hush',
  hash = 'sha256',
) {
  const content = `${encode(head)}.${encode(claims)}`
  return `${content}.${createHmac(hash, secret).update(content).digest('base64url')}`
}

/** JSON can write numbers that are infinite in JavaScript. */
function infinite(claim: string) {
  const claims = Buffer.from(`{"iss":"acme",${claim}}`).toString('base64url')
  const content = `${encode({ alg: 'HS256' })}.${claims}`
  return `${content}.${createHmac('sha256', 'hush').update(content).digest('base64url')}`
}

const take = (authorization: string, from = options) =>
  verify(
    bearer(from),
    { headers: { authorization }, body: '{"id":"e-1","type":"paid"}' },
    { now: () => NOW * 1000 },
  )

describe('a JWT', () => {
  it('lets in, and proves nothing of the body', async () => {
    expect(await take(`Bearer ${jwt()}`)).toMatchObject({
      id: 'e-1',
      strength: 'token-only',
      timestamp: null,
    })
    await expect(take(`bearer ${jwt()}`)).resolves.toBeDefined()
  })

  it('may be signed by HS512, or by the older of two secrets', async () => {
    const secret = ['new', 'hush']
    const long = { ...options, secret, jwt: { algorithm: 'HS512' } } as const
    expect(await take(`Bearer ${jwt({}, { alg: 'HS512' }, 'hush', 'sha512')}`, long)).toMatchObject({
      matchedSecret: 1,
    })
  })

  it.each([
    ['another secret', jwt({ iss: 'acme' }, { alg: 'HS256' }, 'other'), 'signature_mismatch'],
    ['no signature', `${encode({ alg: 'none' })}.${encode({ iss: 'acme' })}.`, 'malformed_header'],
    [
      'another algorithm than is pinned',
      jwt({ iss: 'acme' }, { alg: 'HS512' }, 'hush', 'sha512'),
      'malformed_header',
    ],
    [
      'an algorithm that it lies about',
      jwt({ iss: 'acme' }, { alg: 'HS256' }, 'hush', 'sha512'),
      'signature_mismatch',
    ],
    ['a critical extension', jwt({ iss: 'acme' }, { alg: 'HS256', crit: ['exp'] }), 'malformed_header'],
    ['no claims', jwt(null), 'malformed_header'],
    ['claims that are no object', jwt('acme'), 'malformed_header'],
    ['another value of a claim', jwt({ iss: 'other' }), 'signature_mismatch'],
    ['a claim that is missing', jwt({}), 'signature_mismatch'],
    ['four parts', `${jwt()}.AAAA`, 'malformed_header'],
    ['one part', 'AAAA', 'malformed_header'],
    ['padding', `${jwt()}=`, 'malformed_header'],
    ['an end that is no text', jwt({ iss: 'acme', exp: 'soon' }), 'malformed_header'],
    ['an end without end', infinite('"exp":1e400'), 'malformed_header'],
    ['a start without end', infinite('"nbf":-1e400'), 'malformed_header'],
    ['an end that has passed', jwt({ iss: 'acme', exp: NOW - 60 }), 'timestamp_too_old'],
    ['a start that is to come', jwt({ iss: 'acme', nbf: NOW + 61 }), 'timestamp_too_new'],
  ])('is refused with %s', async (_, token, code) => {
    await expect(take(`Bearer ${token}`)).rejects.toMatchObject({ code })
  })

  it('is taken up to its tolerance', async () => {
    await expect(take(`Bearer ${jwt({ iss: 'acme', exp: NOW - 59, nbf: NOW + 60 })}`)).resolves.toBeDefined()
    const strict = { ...options, jwt: { ...options.jwt!, toleranceSeconds: 0 } }
    await expect(take(`Bearer ${jwt({ iss: 'acme', exp: NOW })}`, strict)).rejects.toMatchObject({
      code: 'timestamp_too_old',
    })
  })
})

describe('a static token', () => {
  const plain: BearerOptions = { name: options.name, secret: 'hush', id: options.id, type: options.type }

  it('must be the whole token', async () => {
    expect(await take('Bearer hush', plain)).toMatchObject({ matchedSecret: 0, strength: 'token-only' })
    for (const token of ['Bearer hus', 'Bearer hushh', 'Bearer Hush', 'Bearer  hush', 'Bearer ']) {
      await expect(take(token, plain)).rejects.toMatchObject({ code: 'signature_mismatch' })
    }
    await expect(take('Basic hush', plain)).rejects.toMatchObject({ code: 'malformed_header' })
  })

  it('is not what the bytes of a secret stand for but for a mark before them', async () => {
    const marked = { ...plain, secret: [Uint8Array.of(0xef, 0xbb, 0xbf, 0x61), 'hush'] }
    await expect(take('Bearer a', marked)).rejects.toMatchObject({ code: 'signature_mismatch' })
    expect(await take('Bearer hush', marked)).toMatchObject({ matchedSecret: 1 })
  })

  it('may stand in a header of its own', () => {
    const own: ApiKeyOptions = { ...plain, header: 'X-Key', prefix: 'Token ' }
    const take = (key: string) =>
      verifySync(apiKey(own), { headers: { 'x-key': key }, body: '{"id":1,"type":"a"}' })
    expect(take('Token hush')).toMatchObject({ id: '1', type: 'a' })
    expect(() => take('hush')).toThrow('holds no token of this scheme')
  })
})

describe('a token that no header can hold', () => {
  it.each(['p\u00e4ssword', 'two\nlines', '\u0661'])('is told at once: %j', (secret) => {
    const event = { id: { or: 'x' }, type: { or: 'y' } }
    const build = () => apiKey({ name: 'acme', secret: ['new', secret], header: 'x', ...event })
    expect(build).toThrow(
      new TypeError('acme: secret[1] must be ASCII text, or its bytes; got a text of another form.'),
    )
  })
})

describe('a wrong setup', () => {
  const { jwt: jwtForm } = options
  it.each([
    ['a misspelt option', { ...options, token: 'x' }, 'bearer: token is not an option'],
    ['no name', { ...options, name: '' }, 'bearer: name must be'],
    ['no secret', { ...options, secret: '' }, 'acme: secret must be'],
    [
      'another algorithm',
      { ...options, jwt: { algorithm: 'none' } },
      'acme: jwt.algorithm must be one of HS256, HS512',
    ],
    ['a misspelt part', { ...options, jwt: { ...jwtForm, alg: 'x' } }, 'acme: jwt: alg is not an option'],
    [
      'no tolerance',
      { ...options, jwt: { ...jwtForm, toleranceSeconds: -1 } },
      'acme: jwt: toleranceSeconds must be',
    ],
    ['no id', { ...options, id: {} }, 'acme: id must be'],
  ])('is told at once: %s', (_, wrong, message) => {
    expect(() => bearer(wrong as never)).toThrow(message)
  })

  it('is told of a token in a header too', () => {
    expect(() => apiKey({ ...options, header: 'x' })).toThrow('apiKey: jwt is not an option')
    expect(() => apiKey({ name: 'acme', secret: 's', id: { or: 'x' }, type: { or: 'y' } } as never)).toThrow(
      'acme: header must be',
    )
  })
})
