import { describe, expect, it } from 'vitest'
import { WebhookPayloadError } from './errors/webhook-payload-error'
import { standardWebhooks } from './providers/standard-webhooks'
import { sign } from './testing'
import { verify } from './verify'

const provider = standardWebhooks({ secret: 'whsec_AAAA' })

async function webhook(body: unknown) {
  return verify(provider, await sign(provider, { id: 'msg_1', body }))
}

describe('a verified webhook', () => {
  it('tells its parts', async () => {
    const { id, type, payload, data, body } = await webhook('{"type":"a.b","data":{"n":1}}')
    expect({ id, type, payload, data }).toEqual({
      id: 'msg_1',
      type: 'a.b',
      payload: { type: 'a.b', data: { n: 1 } },
      data: { n: 1 },
    })
    expect(new TextDecoder().decode(body)).toBe('{"type":"a.b","data":{"n":1}}')
  })

  it('parses the body once', async () => {
    const verified = await webhook({ type: 'a.b' })
    expect(verified.payload).toBe(verified.payload)
  })

  it('has no data where the sender sent none', async () => {
    expect((await webhook({ type: 'a.b' })).data).toBeUndefined()
  })

  it.each([
    ['is not JSON', 'hello'],
    ['is empty', ''],
    ['is not UTF-8', Uint8Array.of(0x22, 0xff, 0x22)],
  ])('verifies a body that %s, and tells on first use', async (_, body) => {
    const verified = await webhook(body)
    expect(verified.id).toBe('msg_1')
    for (const part of ['payload', 'type', 'data'] as const)
      expect(() => verified[part]).toThrow(WebhookPayloadError)
  })

  it.each<[string, unknown]>([
    ['null', 'null'],
    ['a list', '[]'],
    ['no type', {}],
    ['an empty type', { type: '' }],
    ['a type that is no text', { type: true }],
    ['a type that is a number which JSON may have rounded', { type: 2 ** 53 }],
    ['a type in the prototype alone', '{"__proto__":{"type":"a.b"}}'],
  ])('has no type where the payload is or has %s', async (_, body) => {
    const verified = await webhook(body)
    expect(() => verified.payload).not.toThrow()
    expect(() => verified.type).toThrow(new WebhookPayloadError('The body has no text under "type".'))
  })
})
