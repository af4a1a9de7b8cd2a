import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import vectors from '../vectors/standard-webhooks.json'
import { WebhookVerificationError } from './errors/webhook-verification-error'
import { arunika } from './providers/arunika'
import { standardWebhooks } from './providers/standard-webhooks'
import { sign } from './testing'
import { verify, type WebhookRequest } from './verify'

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const provider = standardWebhooks({ secret: SECRET })
const nowMs = 1_700_000_000_000
const now = () => nowMs

function signed(body: unknown = { type: 'order.shipped', data: { orderId: 'o-1' } }) {
  return sign(provider, { id: 'msg_1', body, timestampMs: nowMs })
}

async function refusal(request: unknown, from = provider): Promise<WebhookVerificationError> {
  const error: unknown = await verify(from, request as WebhookRequest, { now }).catch(
    (cause: unknown) => cause,
  )
  expect(error).toBeInstanceOf(WebhookVerificationError)
  return error as WebhookVerificationError
}

describe.each([
  ['standardWebhooks', standardWebhooks],
  ['arunika', arunika],
])('%s', (name, preset) => {
  it.each(vectors.vectors)('verifies $title', async (vector) => {
    const { headers, secrets, matchedSecret } = vector
    const body = Buffer.from(vector.bodyBase64, 'base64')
    const at = Number(headers['webhook-timestamp']) * 1000
    const webhook = await verify(preset({ secret: secrets }), { headers, body }, { now: () => at })
    expect(webhook).toMatchObject({ id: headers['webhook-id'], matchedSecret, strength: 'signed' })
    expect(webhook.timestamp).toEqual(new Date(at))
    expect(webhook.body).toEqual(new Uint8Array(body))
  })

  it('has its own name', () => {
    expect(preset({ secret: SECRET }).name).toBe(name)
  })

  it('says at once what to pass for a secret', () => {
    expect(() => preset({ secret: 'whsec_oops!' })).toThrow(`${name}: secret must be whsec_ and base64`)
    expect(() => preset({ secret: undefined as never })).toThrow('is the environment variable set?')
  })

  it.each([
    ['nothing', undefined, 'give an object with options; they are secret, toleranceSeconds'],
    ['the secret alone', SECRET, 'give an object with options'],
    ['a list of secrets', [SECRET], 'give an object with options'],
    [
      'a misspelt option',
      { secret: SECRET, toleranceSec: 5 },
      'toleranceSec is not an option; the options are secret, toleranceSeconds',
    ],
    ['no number', { secret: SECRET, toleranceSeconds: '5' }, 'toleranceSeconds must be a number'],
  ])('says at once what to pass instead of %s, and never the secret', (_, options, message) => {
    const wrong = () => preset(options as never)
    expect(wrong).toThrow(TypeError)
    expect(wrong).toThrow(`${name}: ${message}`)
    expect(wrong).not.toThrow(SECRET.slice(6))
  })
})

describe('every form of body', () => {
  it.each([
    ['text', (text: string) => text],
    ['a Buffer', (text: string) => Buffer.from(text)],
    ['an ArrayBuffer', (text: string) => new TextEncoder().encode(text).buffer],
  ])('verifies: %s', async (_, form) => {
    const { headers, body } = await signed('{"type":"a.b"}')
    expect((await verify(provider, { headers, body: form(body as string) }, { now })).type).toBe('a.b')
  })
})

describe('a refusal', () => {
  const header = async (name: string, value: unknown) => {
    const { headers, body } = await signed()
    return refusal({ headers: { ...headers, [name]: value }, body })
  }
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature']

  it.each(names)('tells that %s is missing', async (name) => {
    expect(await header(name, undefined)).toMatchObject({ code: 'missing_header', status: 401 })
  })

  it.each(names)('tells that %s came twice', async (name) => {
    expect(await header(name.toUpperCase(), 'x')).toMatchObject({ code: 'duplicate_header', status: 400 })
  })

  it.each(names)('tells that %s is not plain text', async (name) => {
    expect(await header(name, 'é')).toMatchObject({ code: 'malformed_header', status: 400 })
  })

  it('tells a signature of another body, id, time or secret', async () => {
    const { headers, body } = await signed()
    const other = { code: 'signature_mismatch', status: 401 }
    expect(await refusal({ headers, body: `${String(body)} ` })).toMatchObject(other)
    expect(await header('webhook-id', 'msg_2')).toMatchObject(other)
    expect(await header('webhook-timestamp', String(nowMs / 1000 + 1))).toMatchObject(other)
    expect(await refusal({ headers, body }, standardWebhooks({ secret: 'whsec_AAAA' }))).toMatchObject(other)
  })

  it('tells a time out of tolerance, before it computes anything', async () => {
    expect(await header('webhook-timestamp', '1699999699')).toMatchObject({
      code: 'timestamp_too_old',
      status: 401,
    })
    expect(await header('webhook-timestamp', '1700000301')).toMatchObject({
      code: 'timestamp_too_new',
      status: 401,
    })
  })

  it('tells a signature that does not match, also where others of the header are malformed', async () => {
    const wrong = `v1,AAAA v1,${'A'.repeat(43)}=`
    expect(await header('webhook-signature', wrong)).toMatchObject({ code: 'signature_mismatch' })
    expect(await header('webhook-signature', 'v1,AAAA')).toMatchObject({ code: 'malformed_header' })
  })

  it('tells too many signatures', async () => {
    const { headers } = await signed()
    const many = Array.from({ length: 17 }, () => headers['webhook-signature']).join(' ')
    expect(await header('webhook-signature', many)).toMatchObject({ code: 'too_many_signatures' })
  })

  it('tells a body that was parsed', async () => {
    const { headers, body } = await signed()
    expect(await refusal({ headers, body: JSON.parse(String(body)) as unknown })).toMatchObject({
      code: 'body_parsed',
    })
  })

  it('tells a request that cannot be read, and keeps the cause', async () => {
    const cause = new Error('boom')
    const headers = new Proxy({}, { ownKeys: () => { throw cause } }) // prettier-ignore
    expect(await refusal({ headers, body: '' })).toMatchObject({ code: 'unreadable_request', cause })
    expect(await refusal(null)).toMatchObject({ code: 'unreadable_request' })
  })

  it('holds neither the secret nor the signature that was expected', async () => {
    const { headers, body } = await signed()
    const error = await refusal({ headers, body: `${String(body)} ` })
    const right = await sign(provider, { id: 'msg_1', body: `${String(body)} `, timestampMs: nowMs })
    const shown = `${error.stack} ${JSON.stringify(error)}`
    expect(shown).not.toContain(SECRET.slice(6))
    expect(shown).not.toContain(right.headers['webhook-signature']?.slice(3))
  })
})

describe('a wrong call', () => {
  it.each([
    ['no provider', undefined, {}, 'verify: give a provider'],
    ['a preset that was not called', standardWebhooks, {}, 'verify: give a provider'],
    ['a misspelt option', provider, { nowMs: 1 }, 'verify: nowMs is not an option; the options are now'],
    ['no clock', provider, { now: nowMs }, 'verify: now must be a function'],
  ])('is told as such, not as a bad request: %s', async (_, from, options, message) => {
    const verified = verify(from as never, await signed(), options as never)
    await expect(verified).rejects.toThrow(TypeError)
    await expect(verified).rejects.toThrow(message)
  })
})

describe('the tolerance', () => {
  it('can be chosen', async () => {
    const strict = standardWebhooks({ secret: SECRET, toleranceSeconds: 5 })
    const at = (ms: number) => ({ now: () => nowMs + ms })
    await expect(verify(strict, await signed(), at(5_000))).resolves.toBeDefined()
    await expect(verify(strict, await signed(), at(-5_000))).resolves.toBeDefined()
    await expect(verify(strict, await signed(), at(6_000))).rejects.toMatchObject({
      code: 'timestamp_too_old',
    })
  })
})

describe('any input', () => {
  const anyHeader = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('1700000000', `v1,${'A'.repeat(43)}=`, 'v1,', 'msg_1', ''),
    fc.array(fc.string(), { maxLength: 3 }),
    fc.anything(),
  )
  const anyHeaders = fc.oneof(
    fc.anything({ withMap: true, withNullPrototype: true }),
    fc.array(fc.oneof(fc.constantFrom('webhook-id', 'webhook-timestamp', 'webhook-signature'), fc.string())),
    fc.record({ 'webhook-id': anyHeader, 'webhook-timestamp': anyHeader, 'webhook-signature': anyHeader }),
    fc.record({ get: fc.func(fc.anything()) }),
  )
  const anyBody = fc.oneof(
    fc.uint8Array(),
    fc.string({ unit: 'binary' }),
    fc.anything({ withTypedArray: true }),
  )

  it('is refused by a WebhookVerificationError and by nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.record({ headers: anyHeaders, body: anyBody }), fc.anything()),
        async (request) => {
          const error = await refusal(request)
          expect(error.status).toBeGreaterThanOrEqual(400)
        },
      ),
      { numRuns: 3_000 },
    )
  })

  it('that differs from a signed request by one character is refused', async () => {
    const { headers, body } = await signed()
    const parts = { ...headers, body: String(body) } as Record<string, string>
    const changed = fc
      .constantFrom('webhook-id', 'webhook-timestamp', 'webhook-signature', 'body')
      .chain((part) =>
        fc.tuple(
          fc.constant(part),
          fc.nat(parts[part]!.length - 1),
          fc.string({ minLength: 1, maxLength: 1 }),
        ),
      )
      .filter(([part, index, character]) => parts[part]![index] !== character)
    await fc.assert(
      fc.asyncProperty(changed, async ([part, index, character]) => {
        const text = parts[part]!
        const all = { ...parts, [part]: text.slice(0, index) + character + text.slice(index + 1) }
        await refusal({ headers: all, body: all['body']! })
      }),
      { numRuns: 1_000 },
    )
  })
})
