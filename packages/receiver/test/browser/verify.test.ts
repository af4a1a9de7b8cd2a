import { createReceiver, verify } from '@arunika/receiver'
import { standardWebhooks } from '@arunika/receiver/providers'
import { sign } from '@arunika/receiver/testing'
import { describe, expect, it } from 'vitest'
import { vectors } from '../../vectors/standard-webhooks.json'

describe('where there is nothing of Node', () => {
  it.each(vectors)('verifies $title', async ({ headers, secrets, bodyBase64, matchedSecret }) => {
    const body = Uint8Array.from(atob(bodyBase64), (character) => character.charCodeAt(0))
    const now = () => Number(headers['webhook-timestamp']) * 1000
    const request = { headers: new Headers(headers), body }
    const webhook = await verify(standardWebhooks({ secret: secrets }), request, { now })
    expect(webhook).toMatchObject({ id: headers['webhook-id'], matchedSecret })
  })

  it('signs and handles', async () => {
    const provider = standardWebhooks({ secret: 'whsec_AAAA' })
    const types: string[] = []
    const receiver = createReceiver({ provider }).onAny((event) => types.push(event.type))
    const { status } = await receiver.handle(await sign(provider, { body: { type: 'order.shipped' } }))
    expect(status).toBe(200)
    expect(types).toEqual(['order.shipped'])
  })
})
