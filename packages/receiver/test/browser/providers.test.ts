import { verify, verifySync } from '@arunika/receiver'
import { describe, expect, it } from 'vitest'
import { providerOf, requestOf, vectors } from '../support/presets'

describe('by Web Crypto', () => {
  it.each(vectors)('verifies $preset: $title', async (vector) => {
    const { request, now } = requestOf(vector)
    const webhook = await verify(providerOf(vector), request, { now })
    expect(webhook).toMatchObject({
      type: vector.expected.type,
      strength: vector.expected.strength,
      matchedSecret: 0,
    })
    if (vector.expected.id !== '*') expect(webhook.id).toBe(vector.expected.id)
    const body = new Uint8Array([...request.body, 0x26, 0x61])
    const refused = verify(providerOf(vector), { ...request, body }, { now })
    if (vector.expected.strength !== 'token-only')
      await expect(refused).rejects.toMatchObject({ name: 'WebhookVerificationError' })
    else await refused.catch(() => undefined)
  })

  it('says what to use where nothing is at once', () => {
    const vector = vectors[0]!
    const verifying = () => verifySync(providerOf(vector), requestOf(vector).request)
    expect(verifying).toThrow(new TypeError('verifySync: there is only Web Crypto here; use verify.'))
  })
})
