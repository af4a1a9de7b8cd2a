import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { standardWebhooks } from '@arunika/receiver/providers'
import { sign } from '@arunika/receiver/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Backend, startBackend } from './backend'

const [oldSecret, newSecret] = ['whsec_b2xkIHNlY3JldA==', 'whsec_bmV3IHNlY3JldA==']
const shipped = { type: 'order.shipped', data: { orderId: 'o-1', carrier: 'post' } }

describe('the example receiver', () => {
  let folder: string
  let backend: Backend
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'arunika-receiver-'))
    backend = await startBackend({ DATABASE: join(folder, 'orders.db'), WEBHOOK_SECRET: oldSecret })
  })
  afterAll(async () => {
    await backend.stop('SIGTERM')
    await rm(folder, { recursive: true, force: true })
  })

  async function deliver(body: unknown, id: string, secret = oldSecret) {
    const delivery = await sign(standardWebhooks({ secret }), { id, body })
    const answer = await fetch(`${backend.url}/webhooks`, { method: 'POST', ...delivery })
    return { status: answer.status, json: (await answer.json()) as unknown }
  }
  const shipments = async (): Promise<unknown> => (await fetch(`${backend.url}/shipments`)).json()

  it('keeps what was shipped', async () => {
    expect(await deliver(shipped, 'msg_1')).toEqual({ status: 200, json: { received: true, id: 'msg_1' } })
    expect(await shipments()).toEqual([{ orderId: 'o-1', carrier: 'post' }])
  })

  it('refuses what is forged, and what is not of the schema', async () => {
    expect(await deliver(shipped, 'msg_2', newSecret)).toMatchObject({ status: 401 })
    const carrier = { ...shipped, data: { orderId: 'o-3', carrier: 'stork' } }
    expect(await deliver(carrier, 'msg_3')).toMatchObject({
      status: 422,
      json: { issues: [{ path: ['carrier'] }] },
    })
    expect(await shipments()).toHaveLength(1)
  })

  it('takes another event by the same id for what it is', async () => {
    const other = { ...shipped, data: { orderId: 'o-4', carrier: 'courier' } }
    expect(await deliver(other, 'msg_1')).toMatchObject({ status: 409, json: { code: 'id_reused' } })
  })

  it('remembers over a kill what it has handled, and takes both secrets while one is replaced', async () => {
    await backend.stop('SIGKILL')
    backend = await startBackend({
      DATABASE: join(folder, 'orders.db'),
      WEBHOOK_SECRET: newSecret,
      WEBHOOK_OLD_SECRET: oldSecret,
    })
    expect(await deliver(shipped, 'msg_1')).toMatchObject({ status: 200 })
    const next = { ...shipped, data: { orderId: 'o-5', carrier: 'courier' } }
    expect(await deliver(next, 'msg_5', newSecret)).toMatchObject({ status: 200 })
    expect(await shipments()).toEqual([shipped.data, next.data])
  })

  it('ends when it is asked to', async () => {
    expect(await backend.stop('SIGTERM')).toBe(0)
  })
})
