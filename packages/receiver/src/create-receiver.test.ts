import { createHash } from 'node:crypto'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createReceiver } from './create-receiver'
import { WebhookConflictError } from './errors/webhook-conflict-error'
import { WebhookPayloadError } from './errors/webhook-payload-error'
import { WebhookVerificationError } from './errors/webhook-verification-error'
import type { IdempotencyStore } from './idempotency-store'
import { memoryIdempotency } from './memory-idempotency'
import { arunika } from './providers/arunika'
import type { ReceiverOptions } from './receiver-options'
import { sign } from './testing'

const provider = arunika({ secret: ['whsec_AAAA', 'whsec_BBBB'] })

function setup(options: Partial<ReceiverOptions> = {}) {
  const onError = vi.fn()
  const receiver = createReceiver({ provider, onError, ...options })
  const deliver = async (
    body: unknown = { type: 'order.shipped', data: { orderId: 'o-1' } },
    id = 'msg_1',
  ) => {
    const { status, headers, body: text } = await receiver.handle(await sign(provider, { id, body }))
    return { status, headers, json: JSON.parse(text) as unknown }
  }
  return { receiver, deliver, onError }
}

/** A promise that the test ends. */
function deferred() {
  let end: () => void = () => undefined
  const promise = new Promise<void>((resolve) => (end = resolve))
  return { promise, end }
}

describe('routing', () => {
  it('runs the handlers of the type, of its wildcards, and of all types, in their order', async () => {
    const { receiver, deliver } = setup()
    const ran: string[] = []
    receiver
      .onAny(() => ran.push('any'))
      .on('order.*', () => ran.push('wildcard'))
      .on('order.shipped', async () => {
        await Promise.resolve()
        ran.push('first')
      })
      .on('order.paid', () => ran.push('never'))
      .on('order.shipped', () => ran.push('second'))
    expect(await deliver()).toMatchObject({ status: 200, json: { received: true, id: 'msg_1' } })
    expect(ran).toEqual(['any', 'wildcard', 'first', 'second'])
  })

  it('gives a handler the event and what is known of the delivery', async () => {
    const { receiver, deliver } = setup()
    const handler = vi.fn()
    receiver.onAny(handler)
    await deliver({ type: 'order.shipped', data: { orderId: 'o-1' }, extra: 1 })
    const [event, context] = handler.mock.calls[0] as unknown[]
    expect(event).toMatchObject({ id: 'msg_1', type: 'order.shipped', data: { orderId: 'o-1' } })
    expect(event).toHaveProperty('payload.extra', 1)
    expect(event).toHaveProperty('timestamp', expect.any(Date))
    expect(context).toEqual({
      id: 'msg_1',
      provider: 'arunika',
      attempt: null,
      strength: 'signed',
      matchedSecret: 0,
      signal: expect.any(AbortSignal) as AbortSignal,
    })
  })

  it('acknowledges a type that nothing handles', async () => {
    expect(await setup().deliver()).toMatchObject({ status: 200 })
  })
})

describe('two deliveries of one event', () => {
  it('at once run the handler once: 409 while it runs, 200 after it', async () => {
    const { receiver, deliver } = setup()
    const started = deferred()
    const work = deferred()
    const handler = vi.fn(async () => {
      started.end()
      await work.promise
    })
    receiver.onAny(handler)

    const first = deliver()
    await started.promise
    const second = await deliver()
    expect(second).toMatchObject({ status: 409, json: { code: 'delivery_in_progress', status: 409 } })
    expect(second.headers).toMatchObject({ 'content-type': 'application/problem+json', 'retry-after': '5' })
    work.end()
    expect(await first).toMatchObject({ status: 200 })
    expect(await deliver()).toMatchObject({ status: 200, json: { received: true, id: 'msg_1' } })
    expect(handler).toHaveBeenCalledTimes(1)
  })

  it('with different ids run it twice', async () => {
    const { receiver, deliver } = setup()
    const handler = vi.fn()
    receiver.onAny(handler)
    await deliver(undefined, 'msg_1')
    await deliver(undefined, 'msg_2')
    expect(handler).toHaveBeenCalledTimes(2)
  })

  it('are told apart by their provider', async () => {
    const store = memoryIdempotency()
    const claim = vi.fn((key: string, bodyHash: string) => store.claim(key, bodyHash))
    await setup({ idempotency: { claim } }).deliver('{"type":"a"}')
    const hash = createHash('sha256').update('{"type":"a"}').digest('hex')
    expect(claim).toHaveBeenCalledExactlyOnceWith('arunika:msg_1', hash)
  })
})

describe('two events with one id', () => {
  it('are reported, and the second is not handled', async () => {
    const { receiver, deliver, onError } = setup()
    const handler = vi.fn()
    receiver.onAny(handler)
    await deliver({ type: 'order.shipped' })
    expect(await deliver({ type: 'order.refunded' })).toMatchObject({
      status: 409,
      json: { code: 'id_reused', status: 409 },
    })
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.any(WebhookConflictError))
    expect(onError.mock.calls[0]).toHaveProperty('0.id', 'msg_1')
    expect(handler).toHaveBeenCalledTimes(1)
  })

  it('are both handled where the first never was', async () => {
    const { receiver, deliver } = setup()
    receiver.onAny(vi.fn().mockRejectedValueOnce(new Error('broken')))
    expect(await deliver({ type: 'order.shipped' })).toMatchObject({ status: 500 })
    expect(await deliver({ type: 'order.refunded' })).toMatchObject({ status: 200 })
  })

  it('are written to the console where nobody asked to be told', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    onTestFinished(() => log.mockRestore())
    const receiver = createReceiver({ provider })
    for (const type of ['a', 'b'])
      await receiver.handle(await sign(provider, { id: 'msg_1', body: { type } }))
    expect(log.mock.calls).toEqual([[expect.any(String), expect.any(WebhookConflictError)]])
  })
})

describe('a handler that throws', () => {
  it('asks for another delivery, which runs it again', async () => {
    const { receiver, deliver, onError } = setup()
    const fault = new Error('the database password is hunter2')
    const handler = vi.fn().mockRejectedValueOnce(fault)
    receiver.onAny(handler)
    const answer = await deliver()
    expect(answer).toMatchObject({ status: 500, json: { error: expect.any(String) as string, retry: true } })
    expect(JSON.stringify(answer)).not.toContain('hunter2')
    expect(onError).toHaveBeenCalledExactlyOnceWith(fault)
    expect(await deliver()).toMatchObject({ status: 200 })
    expect(handler).toHaveBeenCalledTimes(2)
  })

  it('is never taken for a refusal, whatever it throws', async () => {
    const { receiver, deliver } = setup()
    receiver.onAny(() => {
      throw new WebhookVerificationError('signature_mismatch', 'of another request')
    })
    expect(await deliver()).toMatchObject({ status: 500, json: { retry: true } })
  })

  it('is written to the console where nobody asked to be told', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const fault = new Error('broken')
    const receiver = createReceiver({ provider }).onAny(() => Promise.reject(fault))
    await receiver.handle(await sign(provider, { body: { type: 'a' } }))
    await receiver.handle({ headers: {}, body: '' })
    expect(log.mock.calls).toEqual([[expect.any(String), fault]])
    log.mockRestore()
  })
})

describe('a store that fails', () => {
  const fault = new Error('the store is down')
  const failing = (part: 'claim' | 'commit' | 'release'): IdempotencyStore => ({
    claim: () => {
      const fail = (failed: string) => (failed === part ? Promise.reject(fault) : Promise.resolve())
      const claim = { commit: () => fail('commit'), release: () => fail('release') }
      return part === 'claim' ? Promise.reject(fault) : Promise.resolve({ state: 'claimed', claim })
    },
  })

  it('to claim: the handler does not run, and the sender tries again', async () => {
    const { receiver, deliver, onError } = setup({ idempotency: failing('claim') })
    const handler = vi.fn()
    receiver.onAny(handler)
    expect(await deliver()).toMatchObject({ status: 500, json: { retry: true } })
    expect(handler).not.toHaveBeenCalled()
    expect(onError).toHaveBeenCalledWith(fault)
  })

  it('to commit: the event was handled, so it is acknowledged, and the host is told', async () => {
    const { deliver, onError } = setup({ idempotency: failing('commit') })
    expect(await deliver()).toMatchObject({ status: 200 })
    expect(onError).toHaveBeenCalledExactlyOnceWith(fault)
  })

  it('to release: the host is told of both faults', async () => {
    const { receiver, deliver, onError } = setup({ idempotency: failing('release') })
    const broken = new Error('broken')
    receiver.onAny(() => Promise.reject(broken))
    expect(await deliver()).toMatchObject({ status: 500 })
    expect(onError.mock.calls).toEqual([[fault], [broken]])
  })
})

describe('an onError that fails', () => {
  const fault = new Error('the log is down')
  const failing: [string, () => unknown][] = [
    [
      'throws',
      () => {
        throw fault
      },
    ],
    ['rejects', () => Promise.reject(fault)],
  ]
  const notCommitted: IdempotencyStore = {
    claim: () => {
      const commit = () => Promise.reject(new Error('the store is down'))
      return Promise.resolve({ state: 'claimed', claim: { commit, release: () => Promise.resolve() } })
    },
  }

  /** The console, and the promise of what is written to it next. */
  function listenToConsole() {
    const log = vi.spyOn(console, 'error')
    onTestFinished(() => log.mockRestore())
    return new Promise<unknown[]>((resolve) => log.mockImplementation((...line) => resolve(line)))
  }

  it.each(failing)('and %s leaves a refusal what it is', async (_, onError) => {
    const written = listenToConsole()
    const { receiver } = setup({ onError })
    expect(await receiver.handle({ headers: {}, body: '' })).toMatchObject({ status: 401 })
    expect(await written).toEqual([expect.stringContaining('onError'), fault])
  })

  it.each(failing)('and %s leaves a handled event acknowledged', async (_, onError) => {
    const written = listenToConsole()
    const { receiver, deliver } = setup({ onError, idempotency: notCommitted })
    const handler = vi.fn()
    receiver.onAny(handler)
    expect(await deliver()).toMatchObject({ status: 200 })
    expect(handler).toHaveBeenCalledTimes(1)
    expect(await written).toEqual([expect.stringContaining('onError'), fault])
  })
})

describe('a refusal', () => {
  it('is a problem with the code, and no handler runs', async () => {
    const { receiver, onError } = setup()
    const handler = vi.fn()
    receiver.onAny(handler)
    const { headers } = await sign(provider, { body: 'signed' })
    const answer = await receiver.handle({ headers, body: 'changed' })
    expect(answer.status).toBe(401)
    expect(answer.headers).toEqual({ 'content-type': 'application/problem+json' })
    expect(JSON.parse(answer.body)).toEqual({
      type: 'urn:arunika:problem:signature_mismatch',
      title: 'The signature does not match',
      status: 401,
      detail: expect.stringContaining('or not the exact body that was sent') as string,
      code: 'signature_mismatch',
    })
    expect(handler).not.toHaveBeenCalled()
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.any(WebhookVerificationError))
  })

  it('does not cost the event its id: the true delivery is still handled', async () => {
    const { receiver, deliver } = setup()
    const handler = vi.fn()
    receiver.onAny(handler)
    const { headers } = await sign(provider, { id: 'msg_1', body: 'signed' })
    await receiver.handle({ headers, body: 'changed' })
    expect(await deliver()).toMatchObject({ status: 200 })
    expect(handler).toHaveBeenCalledTimes(1)
  })

  it.each(['not JSON', '{"no":"type"}'])('meets a signed body that is not of the form: %s', async (body) => {
    const { deliver, onError } = setup()
    expect(await deliver(body)).toMatchObject({ status: 400, json: { code: 'malformed_payload' } })
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.any(WebhookPayloadError))
  })

  it('meets a body larger than the bound, in bytes', async () => {
    const { receiver, deliver } = setup({ maxBodyBytes: 16 })
    expect(await deliver(`{"type":"é.abc"}`)).toMatchObject({ status: 413, json: { code: 'body_too_large' } })
    expect(await deliver(`{"type":"e.abc"}`)).toMatchObject({ status: 200 })
    const body = vi.fn(() => Promise.resolve(new Uint8Array(17)))
    expect(await receiver.handle({ headers: {}, body })).toMatchObject({ status: 413 })
    expect(body).toHaveBeenCalledExactlyOnceWith(16)
  })

  it('meets a body that was parsed', async () => {
    const { receiver } = setup()
    const answer = await receiver.handle({ headers: {}, body: { type: 'a' } as never })
    expect(answer.status).toBe(500)
    expect(answer.body).toContain('before app.use(express.json())')
  })

  it('tells the clock of the options', async () => {
    const { deliver } = setup({ now: () => Date.now() + 3_600_000 })
    expect(await deliver()).toMatchObject({ status: 401, json: { code: 'timestamp_too_old' } })
  })
})

describe('a wrong option', () => {
  it.each([
    ['no provider', { provider: undefined }, 'give a provider, such as standardWebhooks({ secret })'],
    ['a preset that was not called', { provider: arunika }, 'give a provider'],
    ['no options', undefined, 'createReceiver: give an object with options; they are provider,'],
    ['a provider alone', provider, 'createReceiver: name is not an option; the options are provider,'],
    [
      'a misspelt option',
      { provider, maxBodyByte: 5 },
      'maxBodyByte is not an option; the options are provider, endpoint, schemas, idempotency, ackFirst, waitUntil, maxBodyBytes, onError, now',
    ],
    [
      'an endpoint without a name',
      { provider, endpoint: '' },
      "endpoint must be the endpoint's name, as text",
    ],
    ['no listener', { provider, onError: 5 }, 'onError must be a function'],
    ['no clock', { provider, now: 5 }, 'now must be a function'],
    ['a size that is text', { provider, maxBodyBytes: '5' }, 'maxBodyBytes must be a number'],
    ['null for a store', { provider, idempotency: null }, 'idempotency must be a store'],
    ['no size', { provider, maxBodyBytes: 0 }, 'maxBodyBytes must be a number of bytes above 0'],
    [
      'schemas that are none',
      { provider, schemas: { a: { parse: vi.fn() } } },
      "schemas['a'] must be a Standard",
    ],
    [
      'null for schemas',
      { provider, schemas: null },
      'schemas must be an object with a schema for each type',
    ],
    ['ackFirst that is text', { provider, ackFirst: 'yes' }, 'ackFirst must be true or false'],
    ['no waitUntil', { provider, waitUntil: {} }, 'waitUntil must be a function that takes a promise'],
    ['ackFirst alone', { provider, ackFirst: true }, 'Give an idempotency store that is durable'],
    ['no store', { provider, idempotency: new Map() }, 'idempotency must be a store with `claim`'],
  ])('throws at once: %s', (_, options, message) => {
    const create = () => createReceiver(options as never)
    expect(create).toThrow(TypeError)
    expect(create).toThrow(message)
  })
})

describe('a wrong handler', () => {
  const { receiver } = setup()
  it.each([
    ['no type', () => receiver.on(5 as never, vi.fn()), 'on: give the type of an event'],
    ['no handler', () => receiver.on('x', undefined as never), 'on: the handler must be a function'],
    ['a handler that is a number', () => receiver.on('x', 5 as never), 'on: the handler must be a function'],
    ['none for all types', () => receiver.onAny(undefined as never), 'onAny: the handler must be a function'],
  ])('throws at once: %s', (_, add, message) => {
    expect(add).toThrow(TypeError)
    expect(add).toThrow(message)
  })
})
