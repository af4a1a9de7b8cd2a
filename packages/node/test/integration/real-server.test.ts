import type { Activity, Page, User } from '@arunika/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startClient } from '../support/client'
import { startReferenceServer, type ReferenceServer } from '../support/reference-server'

let server: ReferenceServer
let endpoint: string
let app: ReferenceServer['app']
beforeEach(async () => {
  server = await startReferenceServer()
  ;({ endpoint, app } = server)
})
afterEach(() => server.close())

async function timeline(profileId: string): Promise<string[]> {
  const { items } = await server.read<Page<Activity>>(`/api/users/${profileId}/timeline?order=asc`)
  return items.map(({ eventType }) => eventType)
}

describe('the reference server', () => {
  it('has one person and one timeline of what was reported by userId, by email and by both', async () => {
    const { arunika, told } = startClient(endpoint, app)
    arunika.registerUser({
      userId: 'user-42',
      email: 'Sari@example.com',
      name: 'Sari',
      subscriptionTier: 'pro',
    })
    arunika.logActivity('user-42', 'payment_processed', 'Paid an order', { orderId: 'A-7', amount: 19.9 })
    arunika.logActivity({ email: 'sari@example.com' }, 'order_shipped')
    arunika.identify('user-42', { traits: { newsletter: true } })
    await arunika.shutdown()

    expect(told.delivered.flatMap(({ events }) => events)).toHaveLength(4)
    const { items } = await server.read<Page<User>>('/api/users')
    expect(items).toMatchObject([
      { userId: 'user-42', email: 'sari@example.com', name: 'Sari', subscriptionTier: 'pro' },
    ])
    expect(await timeline(items[0]!.profileId)).toEqual([
      'user_registered',
      'payment_processed',
      'order_shipped',
      'user_identified',
    ])
  })

  it('stores an event once whose answer was lost', async () => {
    let tries = 0
    const { arunika, deliveredTypes } = startClient(endpoint, {
      ...app,
      fetch: async (input, init) => {
        const response = await fetch(input, init)
        if (++tries > 1) return response
        await response.body?.cancel()
        throw new Error('the answer was lost')
      },
    })
    arunika.logActivity('user-42', 'login')
    await expect(arunika.flush()).rejects.toMatchObject({ code: 'network_failed' })
    await arunika.flush()

    expect(tries).toBe(2)
    expect(deliveredTypes()).toEqual(['login'])
    const { items } = await server.read<Page<User>>('/api/users')
    expect(await timeline(items[0]!.profileId)).toEqual(['login'])
  })

  it('takes a thousand events and more', async () => {
    const { arunika, deliveredTypes, told } = startClient(endpoint, app)
    const types = Array.from({ length: 1_500 }, (_, index) => `type_${index}`)
    for (const type of types) arunika.logActivity('user-42', type)
    await arunika.shutdown()
    expect(deliveredTypes()).toEqual(types)
    expect(told.dropped).toEqual([])
  })

  it('tells which event it refuses, and takes the others', async () => {
    const { arunika, told, deliveredTypes } = startClient(endpoint, app)
    arunika.logActivity({ profileId: 'nobody-has-this' }, 'refused')
    arunika.logActivity('user-42', 'taken')
    await arunika.flush()
    expect(told.rejected).toMatchObject([{ event: { eventType: 'refused' }, code: 'unknown_profile' }])
    expect(deliveredTypes()).toEqual(['taken'])
  })

  it('refuses a key that is not the app’s, and the events wait until it is mended', async () => {
    const { arunika, told } = startClient(endpoint, { ...app, apiKey: `sk_live_${'x'.repeat(43)}` })
    arunika.logActivity('user-42', 'login')
    await expect(arunika.flush()).rejects.toMatchObject({ code: 'credentials_refused', status: 401 })
    expect(told.rejected).toEqual([])
    expect(arunika.stats()).toMatchObject({ waiting: 1, rejected: 0 })
    await arunika.shutdown({ timeoutMs: 0 })
    expect(told.dropped).toMatchObject([{ reason: 'shutdown' }])
  })
})
