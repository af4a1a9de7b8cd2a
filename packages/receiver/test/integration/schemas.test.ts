import { createReceiver, type EventSchemas, type StandardSchema, WebhookSchemaError } from '@arunika/receiver'
import { arunika } from '@arunika/receiver/providers'
import { sign } from '@arunika/receiver/testing'
import * as v from 'valibot'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { z } from 'zod'

const provider = arunika({ secret: 'whsec_AAAA' })
const good = { orderId: 'o-1', items: [{ sku: 'lamp', count: '2' }] }
const bad = {
  orderId: 'o-1',
  items: [
    { sku: 'lamp', count: '2' },
    { sku: 5, count: '2' },
  ],
}

/** By hand, as the specification has it: a function with `~standard`, paths of objects, and an answer that is a promise. */
const byHand: StandardSchema<{ orderId: string; items: { sku: string; count: number }[] }> = Object.assign(
  () => undefined,
  {
    '~standard': {
      version: 1 as const,
      vendor: 'by-hand',
      async validate(value: unknown) {
        await Promise.resolve()
        const { orderId, items } = value as typeof good
        const wrong = items.findIndex(({ sku }) => typeof sku !== 'string')
        const path = ['items', wrong, 'sku'].map((key) => ({ key }))
        if (wrong >= 0) return { issues: [{ message: 'no text', path }] }
        return { value: { orderId, items: items.map(({ sku, count }) => ({ sku, count: Number(count) })) } }
      },
    },
  },
)

const validators: [string, StandardSchema][] = [
  [
    'zod',
    z.object({
      orderId: z.string(),
      items: z.array(z.object({ sku: z.string(), count: z.coerce.number() })),
    }),
  ],
  [
    'zod, asynchronous',
    z.object({
      orderId: z.string().refine((id) => Promise.resolve(id.startsWith('o-'))),
      items: z.array(z.object({ sku: z.string(), count: z.coerce.number() })),
    }),
  ],
  [
    'valibot',
    v.object({
      orderId: v.string(),
      items: v.array(v.object({ sku: v.string(), count: v.pipe(v.string(), v.transform(Number)) })),
    }),
  ],
  [
    'valibot, asynchronous',
    v.objectAsync({
      orderId: v.pipeAsync(
        v.string(),
        v.checkAsync((id) => Promise.resolve(id.startsWith('o-'))),
      ),
      items: v.array(v.object({ sku: v.string(), count: v.pipe(v.string(), v.transform(Number)) })),
    }),
  ],
  ['a schema made by hand', byHand],
]

function setup(schemas: EventSchemas) {
  const onError = vi.fn()
  const handler = vi.fn()
  const receiver = createReceiver({ provider, schemas, onError }).onAny(handler)
  const deliver = async (data: unknown, type = 'order.shipped') => {
    const { status, headers, body } = await receiver.handle(await sign(provider, { body: { type, data } }))
    return { status, type: headers['content-type'], json: JSON.parse(body) as unknown }
  }
  return { deliver, handler, onError }
}

describe.each(validators)('a schema: %s', (_, schema) => {
  it('gives the handler what it makes of the data', async () => {
    const { deliver, handler } = setup({ 'order.shipped': schema })
    expect(await deliver(good)).toMatchObject({ status: 200 })
    expect(handler).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ data: { orderId: 'o-1', items: [{ sku: 'lamp', count: 2 }] } }),
      expect.anything(),
    )
    expect(handler.mock.calls[0]).toHaveProperty('0.payload.data', good)
  })

  it('refuses other data with 422 and the paths', async () => {
    const { deliver, handler, onError } = setup({ 'order.shipped': schema })
    expect(await deliver(bad)).toMatchObject({
      status: 422,
      type: 'application/problem+json',
      json: {
        code: 'schema_mismatch',
        detail: 'The data of order.shipped is not of its schema: items.1.sku.',
        issues: [{ path: ['items', 1, 'sku'], message: expect.any(String) as string }],
      },
    })
    expect(handler).not.toHaveBeenCalled()
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.any(WebhookSchemaError))
  })

  it('leaves other types alone', async () => {
    const { deliver } = setup({ 'order.shipped': schema })
    expect(await deliver(bad, 'order.paid')).toMatchObject({ status: 200 })
    expect(await deliver(bad, 'toString')).toMatchObject({ status: 200 })
  })
})

describe('a schema', () => {
  const schemaOf = (validate: StandardSchema['~standard']['validate']): StandardSchema => ({
    '~standard': { version: 1, vendor: 'test', validate },
  })

  it('that fails itself is a fault of this side: the sender tries again', async () => {
    const fault = new Error('broken')
    const { deliver, onError } = setup({ 'order.shipped': schemaOf(() => Promise.reject(fault)) })
    expect(await deliver(good)).toMatchObject({ status: 500, json: { retry: true } })
    expect(onError).toHaveBeenCalledExactlyOnceWith(fault)
  })

  it('that finds very much wrong is answered by the first of it', async () => {
    const issues = Array.from({ length: 1_000 }, (_, i) => ({ message: 'no', path: [i, Symbol('part')] }))
    const { deliver } = setup({ 'order.shipped': schemaOf(() => ({ issues })) })
    const { json } = (await deliver(good)) as { json: { issues: unknown[] } }
    expect(json.issues).toHaveLength(20)
    expect(json.issues[19]).toEqual({ path: [19, 'Symbol(part)'], message: 'no' })
  })

  it('that refuses the whole says so', async () => {
    const { deliver } = setup({ 'order.shipped': schemaOf(() => ({ issues: [{ message: 'no' }] })) })
    expect(await deliver(good)).toMatchObject({
      json: { detail: 'The data of order.shipped is not of its schema: itself.', issues: [{ path: [] }] },
    })
  })

  it('that data does not fit is written to the console where nobody asked to be told', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    onTestFinished(() => log.mockRestore())
    const receiver = createReceiver({ provider, schemas: { a: z.string() } })
    await receiver.handle(await sign(provider, { body: { type: 'a', data: 5 } }))
    expect(log.mock.calls).toEqual([[expect.any(String), expect.any(WebhookSchemaError)]])
  })
})
