import { expect, it, vi } from 'vitest'
import { createReceiver } from './create-receiver'
import { fetchReceiver } from './fetch'
import { memoryIdempotency } from './memory-idempotency'
import { arunika } from './providers/arunika'
import { sign } from './testing'

const provider = arunika({ secret: 'whsec_AAAA' })
const url = 'https://example.com/webhooks'

async function setup() {
  const handler = vi.fn()
  const idempotency = { ...memoryIdempotency(), durable: true }
  const receiver = createReceiver({ provider, idempotency, ackFirst: true }).onAny(handler)
  const request = new Request(url, { method: 'POST', ...(await sign(provider, { body: { type: 'a' } })) })
  return { handle: fetchReceiver(receiver), request, handler }
}

it('gives the work of ackFirst to the context that came with the request', async () => {
  const { handle, request, handler } = await setup()
  /** As that of a worker: its method does not work when it is taken off. */
  class Context {
    readonly work: Promise<void>[] = []
    waitUntil(work: Promise<void>): void {
      this.work.push(work)
    }
  }
  const context = new Context()
  expect((await handle(request, context)).status).toBe(202)
  expect(context.work).toHaveLength(1)
  await context.work[0]
  expect(handler).toHaveBeenCalledTimes(1)
})

it('takes a context of another kind, such as that of Next.js, for none', async () => {
  const { handle, request } = await setup()
  expect((await handle(request, { params: Promise.resolve({}) } as object)).status).toBe(202)
})

it('refuses a request that has no body at all', async () => {
  const { handle } = await setup()
  const answer = await handle(new Request(url, { method: 'POST' }))
  expect(answer.status).toBe(401)
  expect(await answer.json()).toMatchObject({ code: 'missing_header' })
})

it('answers 413 where the rest of the body cannot even be stopped', async () => {
  const body = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(1_000_000)),
    cancel: () => Promise.reject(new Error('the connection is gone')),
  })
  const init = { method: 'POST', body, duplex: 'half' }
  const answer = await fetchReceiver(createReceiver({ provider }))(new Request(url, init))
  expect(answer.status).toBe(413)
})

it.each([204, 205, 304])('answers %i, with which no body may be given', async (status) => {
  const endpoint = { handle: () => Promise.resolve({ status, headers: { 'x-a': 'b' }, body: '' }) }
  const answer = await fetchReceiver(endpoint)(new Request(url, { method: 'POST', body: '{}' }))
  expect(answer).toMatchObject({ status, body: null })
  expect(answer.headers.get('x-a')).toBe('b')
})
