import { describe, expect, it, vi } from 'vitest'
import { createReceiver } from './create-receiver'
import type { IdempotencyStore } from './idempotency-store'
import { memoryIdempotency } from './memory-idempotency'
import { arunika } from './providers/arunika'
import type { ReceiverOptions } from './receiver-options'
import { sign } from './testing'

const provider = arunika({ secret: 'whsec_AAAA' })
const durable = (): IdempotencyStore => ({ ...memoryIdempotency(), durable: true })

function setup(options: Partial<ReceiverOptions>) {
  const onError = vi.fn()
  const handler = vi.fn()
  const receiver = createReceiver({ provider, onError, ...options }).onAny(handler)
  const deliver = async (more: object = {}) => {
    const delivery = await sign(provider, { id: 'msg_1', body: { type: 'order.shipped' } })
    const { status, body } = await receiver.handle({ ...delivery, ...more })
    return { status, json: JSON.parse(body) as unknown }
  }
  return { deliver, handler, onError }
}

/** A promise that the test ends. */
function deferred() {
  let end: () => void = () => undefined
  const promise = new Promise<void>((resolve) => (end = resolve))
  return { promise, end }
}

describe('ackFirst', () => {
  it('answers 202 while the handler runs, 409 to the next meanwhile, and 200 after it', async () => {
    const committed = deferred()
    const store = durable()
    const idempotency: IdempotencyStore = {
      ...store,
      async claim(key, hash) {
        const outcome = await store.claim(key, hash)
        if (outcome.state !== 'claimed') return outcome
        const { claim } = outcome
        return { state: 'claimed', claim: { ...claim, commit: () => claim.commit().then(committed.end) } }
      },
    }
    const { deliver, handler } = setup({ ackFirst: true, idempotency })
    const work = deferred()
    handler.mockReturnValue(work.promise)
    expect(await deliver()).toEqual({ status: 202, json: { received: true, id: 'msg_1' } })
    expect(await deliver()).toMatchObject({ status: 409 })
    work.end()
    await committed.promise
    expect(await deliver()).toMatchObject({ status: 200 })
    expect(handler).toHaveBeenCalledTimes(1)
  })

  it('runs no part of a handler before the answer', async () => {
    const { deliver, handler } = setup({ ackFirst: true, idempotency: durable() })
    const ran = new Promise<void>((resolve) => handler.mockImplementation(() => resolve()))
    expect(await deliver()).toMatchObject({ status: 202 })
    expect(handler).not.toHaveBeenCalled()
    await ran
  })

  it('tells of a handler that fails, and lets the event be handled when it is sent again', async () => {
    const fault = new Error('broken')
    const { deliver, handler, onError } = setup({ ackFirst: true, idempotency: durable() })
    const told = new Promise<unknown>((resolve) => onError.mockImplementation(resolve))
    handler.mockRejectedValueOnce(fault)
    expect(await deliver()).toMatchObject({ status: 202 })
    expect(await told).toBe(fault)
    const again = new Promise<void>((resolve) => handler.mockImplementation(() => resolve()))
    expect(await deliver()).toMatchObject({ status: 202 })
    await again
    expect(handler).toHaveBeenCalledTimes(2)
  })

  it('gives the work to waitUntil, which never sees it fail', async () => {
    const waitUntil = vi.fn<(work: Promise<void>) => void>()
    const { deliver, handler } = setup({ ackFirst: true, waitUntil })
    handler.mockRejectedValueOnce(new Error('broken'))
    expect(await deliver()).toMatchObject({ status: 202 })
    expect(waitUntil).toHaveBeenCalledExactlyOnceWith(expect.any(Promise))
    expect(await waitUntil.mock.calls[0]?.[0]).toBeUndefined()
  })

  it('takes the waitUntil that came with the request before that of the options', async () => {
    const [ofOptions, ofRequest] = [vi.fn(), vi.fn()]
    const { deliver } = setup({ ackFirst: true, waitUntil: ofOptions })
    await deliver({ waitUntil: ofRequest })
    expect(ofRequest).toHaveBeenCalledTimes(1)
    expect(ofOptions).not.toHaveBeenCalled()
  })

  it('runs nothing where the host cannot wait, and asks for the event again', async () => {
    const waitUntil = vi.fn().mockImplementationOnce(() => {
      throw new TypeError('Illegal invocation')
    })
    const { deliver, handler, onError } = setup({ ackFirst: true, waitUntil })
    expect(await deliver()).toMatchObject({ status: 500, json: { retry: true } })
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.any(TypeError))
    await waitUntil.mock.calls[0]?.[0]
    expect(handler).not.toHaveBeenCalled()
    expect(await deliver()).toMatchObject({ status: 202 })
    await waitUntil.mock.calls[1]?.[0]
    expect(handler).toHaveBeenCalledTimes(1)
  })

  it('still refuses what is not signed', async () => {
    const { deliver, handler } = setup({ ackFirst: true, idempotency: durable() })
    expect(await deliver({ body: 'changed' })).toMatchObject({ status: 401 })
    expect(handler).not.toHaveBeenCalled()
  })
})

describe('the signal', () => {
  it('is aborted when the lease has run out, and not before', async () => {
    const { deliver, handler } = setup({ idempotency: memoryIdempotency({ leaseSeconds: 0.05 }) })
    handler.mockImplementation(async (_, { signal }: { signal: AbortSignal }) => {
      expect(signal.aborted).toBe(false)
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      expect(signal.reason).toHaveProperty('message', expect.stringContaining('lease of this delivery'))
    })
    expect(await deliver()).toMatchObject({ status: 200 })
  })

  it('leaves no timer behind', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { deliver, handler } = setup({})
    handler.mockRejectedValueOnce(new Error('broken'))
    await deliver()
    await deliver()
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  })
})

describe('the attempt', () => {
  it('is what the store counts', async () => {
    const claim = { attempt: 3, commit: () => Promise.resolve(), release: () => Promise.resolve() }
    const idempotency: IdempotencyStore = { claim: () => Promise.resolve({ state: 'claimed', claim }) }
    const { deliver, handler } = setup({ idempotency })
    await deliver()
    expect(handler).toHaveBeenCalledWith(expect.anything(), expect.objectContaining({ attempt: 3 }))
  })
})

describe('an id that no store could keep as it is', () => {
  it.each(['x'.repeat(8_000), 'with space', 'a|\u00e9'])('becomes a key that every one can', async (id) => {
    const claim = vi.fn<IdempotencyStore['claim']>(() => Promise.resolve({ state: 'done' }))
    const byBody = { ...provider, event: { ...provider.event, id: { field: 'id' } } }
    const check: typeof provider.check = async (request, now) => {
      const proved = await provider.check(request, now)
      return proved && { ...proved, id: undefined }
    }
    const receiver = createReceiver({ provider: { ...byBody, check }, idempotency: { claim } })
    await receiver.handle(await sign(provider, { id: 'msg_1', body: { id, type: 'a' } }))
    expect(claim.mock.calls[0]?.[0]).toMatch(/^sha256:[0-9a-f]{64}$/)
  })
})

describe('a store that two endpoints of one provider share', () => {
  it('lets each handle an event once, where each has a name', async () => {
    const idempotency = memoryIdempotency()
    const endpoints = [{ endpoint: 'billing' }, { endpoint: 'mail' }, {}].map((names) =>
      setup({ idempotency, ...names }),
    )
    for (const { deliver, handler } of endpoints) {
      expect(await deliver()).toMatchObject({ status: 200 })
      expect(await deliver()).toMatchObject({ status: 200 })
      expect(handler).toHaveBeenCalledTimes(1)
    }
  })

  it('lets only one of them handle it where they have none', async () => {
    const idempotency = memoryIdempotency()
    const [first, second] = [setup({ idempotency }), setup({ idempotency })]
    await first.deliver()
    expect(await second.deliver()).toMatchObject({ status: 200 })
    expect(second.handler).not.toHaveBeenCalled()
  })
})
