import { describe, expect, it } from 'vitest'
import { presets, providerOf, requestOf, vectors } from '../test/support/presets'
import { WebhookVerificationError } from './errors/webhook-verification-error'
import type { Provider } from './provider'
import { verify, verifySync, type WebhookRequest } from './verify'

const named = vectors.map((vector) => ({ ...vector, name: `${vector.preset}, ${vector.title}` }))
// Twilio signs each value of a field once, however often it came: there a change can leave what is signed the same.
const signing = named.filter(
  ({ expected, title }) => expected.strength.startsWith('signed') && !title.includes('several times'),
)
const KEYS = {
  discord: '01'.repeat(32),
  sendgrid:
    'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqTxd43gyp8IOEto2LdIfjRQrIbsd4SXZkLW6jDutdhXSJCWHw8REntlo7aNDthvj+y7GjUuFDb/R1NGe1OPzpA==',
}

function refusal(provider: Provider, request: unknown, now: () => number): WebhookVerificationError {
  try {
    verifySync(provider, request as WebhookRequest, { now })
  } catch (error) {
    expect(error).toBeInstanceOf(WebhookVerificationError)
    return error as WebhookVerificationError
  }
  throw new Error('it was taken')
}

/** A secret of the same form that has signed nothing. */
function otherSecret({ preset, options: { secret } }: (typeof named)[number]): string {
  if (secret.startsWith('whsec_')) return 'whsec_AAAA'
  if (secret.startsWith('whpk_')) return `whpk_${'A'.repeat(43)}=`
  return preset in KEYS ? KEYS[preset as keyof typeof KEYS] : 'another'
}

/** The headers in which a scheme writes its signature or token, and its time. */
function headersOf({ scheme }: Provider): string[] {
  if ('headers' in scheme) return Object.keys(scheme.headers(0))
  return [scheme.signature.header, scheme.timestamp?.header].filter((header) => header !== undefined)
}

describe('the vectors', () => {
  it('cover every preset', () => {
    expect([...new Set(vectors.map(({ preset }) => preset))].sort()).toEqual(Object.keys(presets).sort())
  })
})

describe.each(named)('$name', (vector) => {
  const { expected, preset } = vector
  const provider = providerOf(vector)
  const { request, now } = requestOf(vector)
  const schemeHeaders = preset === 'talabat' ? ['authorization'] : headersOf(provider)

  it('verifies, and tells the event', async () => {
    for (const webhook of [
      await verify(provider, request, { now }),
      verifySync(provider, request, { now }),
    ]) {
      expect(webhook.type).toBe(expected.type)
      if (expected.id !== '*') expect(webhook.id).toBe(expected.id)
      expect(webhook.id).toBe(webhook.id)
      expect(webhook.strength).toBe(expected.strength)
      expect(webhook.timestamp?.getTime() ?? null).toBe(expected.timestampMs)
      expect(webhook.matchedSecret).toBe(0)
    }
    expect(provider).toMatchObject({ name: preset, strength: expected.strength })
  })

  it('tells which of several secrets it was', () => {
    const rotating = providerOf(vector, { secret: [otherSecret(vector), vector.options.secret] })
    expect(verifySync(rotating, request, { now }).matchedSecret).toBe(1)
  })

  it('is refused by another secret', () => {
    const error = refusal(providerOf(vector, { secret: otherSecret(vector) }), request, now)
    expect(error.code).toBe('signature_mismatch')
    expect(error.message).not.toContain(vector.options.secret)
  })

  it('is refused where a character of its signature, token or time is another', () => {
    for (const name of schemeHeaders) {
      const value = request.headers[name]!
      for (let index = 0; index < value.length; index++) {
        const changed = String.fromCharCode(value.charCodeAt(index) ^ 1)
        // The name of an authentication scheme is in any case.
        const headers = {
          ...request.headers,
          [name]: value.slice(0, index) + changed + value.slice(index + 1),
        }
        refusal(provider, { ...request, headers }, now)
      }
    }
  })

  it('is refused where the signature is shorter or longer', () => {
    for (const name of schemeHeaders) {
      const value = request.headers[name]!
      for (const other of [value.slice(0, -1), value.slice(0, -4), `${value}0`, `${value}AAAA`]) {
        refusal(provider, { ...request, headers: { ...request.headers, [name]: other } }, now)
      }
    }
  })

  it.each([
    ['missing', () => undefined, 'missing_header'],
    ['twice, in a list', (value: string) => [value, value], 'duplicate_header'],
    ['huge', () => 'a'.repeat(8_193), 'malformed_header'],
    ['not ASCII', (value: string) => `${value}é`, 'malformed_header'],
    ['no text', () => 7, 'malformed_header'],
  ])('is refused where a header of the scheme is %s', (_, make, code) => {
    for (const name of schemeHeaders) {
      const headers = { ...request.headers, [name]: make(request.headers[name]!) }
      expect(refusal(provider, { ...request, headers }, now).code).toBe(code)
    }
  })

  it('is refused where a header of the scheme came in two cases', () => {
    for (const name of schemeHeaders) {
      const headers = { ...request.headers, [name.toUpperCase()]: request.headers[name] }
      expect(refusal(provider, { ...request, headers }, now).code).toBe('duplicate_header')
    }
  })
})

describe.each(signing)('the body of $name', (vector) => {
  const provider = providerOf(vector)
  const { request, now } = requestOf(vector)

  it('is refused where a byte of it is another, is missing or is added', () => {
    for (let index = 0; index < request.body.length; index++) {
      const body = request.body.slice()
      body[index]! ^= 1
      refusal(provider, { ...request, body }, now)
    }
    refusal(provider, { ...request, body: request.body.subarray(1) }, now)
    refusal(provider, { ...request, body: request.body.subarray(0, -1) }, now)
    refusal(provider, { ...request, body: new Uint8Array([...request.body, 0x26, 0x61]) }, now)
  })
})

const TOLERANCES = { paddle: 5, linear: 60, calendly: 180, mailgun: 28_800 } as Record<string, number>
const UNIT_MS = { linear: 1, hubspot: 1 } as Record<string, number>
const timed = named.filter(({ preset }) => {
  const { scheme } = providerOf(named.find((vector) => vector.preset === preset)!)
  return 'timestamp' in scheme && scheme.timestamp !== null
})

describe.each(timed.filter(({ expected }) => expected.strength !== 'token-only' || expected.timestampMs))(
  'the time of $name',
  (vector) => {
    const { request } = requestOf(vector)
    const signedMs = vector.expected.timestampMs!
    // Of seconds, each is taken whole.
    const restMs = (UNIT_MS[vector.preset] ?? 1000) - 1
    const at = (ms: number) => () => signedMs + ms

    it.each([
      ['unless told', TOLERANCES[vector.preset] ?? 300, {}],
      ['as told', 7, { toleranceSeconds: 7 }],
      ['of nothing', 0, { toleranceSeconds: 0 }],
    ])('may differ by the tolerance either way: %s', (_, seconds, options) => {
      const provider = providerOf(vector, options)
      const ms = seconds * 1000
      verifySync(provider, request, { now: at(ms + restMs) })
      verifySync(provider, request, { now: at(-ms) })
      expect(refusal(provider, request, at(ms + restMs + 1)).code).toBe('timestamp_too_old')
      expect(refusal(provider, request, at(-ms - 1)).code).toBe('timestamp_too_new')
    })
  },
)

describe('a preset', () => {
  it.each(Object.keys(presets))('of %s says at once what to pass instead, and never the secret', (name) => {
    const preset = presets[name]!
    expect(() => preset(undefined as never)).toThrow(`${name}: give an object with options`)
    expect(() => preset({ secret: 'hush', secrets: '' })).toThrow(`${name}: secrets is not an option`)
    expect(() => preset({ secret: '' })).toThrow(`${name}: secret must be`)
    expect(() => preset({ secret: ['hush', 7] })).toThrow(TypeError)
    expect(() => preset({ secret: ['hush', 7] })).not.toThrow('hush')
  })
})
