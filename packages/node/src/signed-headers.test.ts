import vectors from '@arunika/protocol/vectors/signatures.json' with { type: 'json' }
import { describe, expect, it } from 'vitest'
import { signedHeaders } from './signed-headers'

interface Vector {
  name: string
  apiKey: string
  timestamp: string
  body?: string
  bodyBase64?: string
  signature: string
  expected: string
}

/** What a signer in JavaScript can make: the timestamp is a number, so its text has no zeros before it. */
const signed = (vectors.cases as Vector[]).filter(
  ({ expected, timestamp }) => expected === 'valid' && String(Number(timestamp)) === timestamp,
)

describe('signedHeaders', () => {
  it.each(signed)('sign $name as the vectors say', ({ apiKey, timestamp, body, bodyBase64, signature }) => {
    const bytes = bodyBase64 === undefined ? Buffer.from(body!) : Buffer.from(bodyBase64, 'base64')
    expect(signedHeaders({ appId: 'app_1', apiKey }, bytes, Number(timestamp) * 1000 + 999)).toEqual({
      'content-type': 'application/json',
      'x-app-id': 'app_1',
      'x-api-key': apiKey,
      'x-webhook-timestamp': timestamp,
      'x-webhook-signature': signature,
    })
  })

  it('are tried with several vectors', () => {
    expect(signed.length).toBeGreaterThan(5)
  })
})
