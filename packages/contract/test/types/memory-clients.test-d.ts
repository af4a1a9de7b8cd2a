import type { Arunika as BrowserClient } from '@arunika/browser'
import type { Arunika as NodeClient } from '@arunika/node'
import type { MemoryBrowserClient, MemoryNodeClient } from '@arunika/testing'
import { expectTypeOf, test } from 'vitest'

interface ShopEvents {
  login: undefined
  search: { terms?: string }
  payment_processed: { orderId: string; amount: number }
}

/** A class with private fields takes no other class's objects: what apps can ask for is its calls. */
type CallsOf<Client> = { [Name in keyof Client]: Client[Name] }

test('a memory browser client goes where the SDK’s client does', () => {
  expectTypeOf<MemoryBrowserClient>().toExtend<BrowserClient>()
  expectTypeOf<MemoryBrowserClient<ShopEvents>>().toExtend<BrowserClient<ShopEvents>>()
})

test('a memory node client goes where the SDK’s calls are asked for', () => {
  expectTypeOf<MemoryNodeClient>().toExtend<CallsOf<NodeClient>>()
  expectTypeOf<MemoryNodeClient<ShopEvents>>().toExtend<CallsOf<NodeClient<ShopEvents>>>()
  expectTypeOf<MemoryNodeClient>().toExtend<Pick<NodeClient, 'logActivity' | 'registerUser'>>()
})

test('the SDKs’ calls take what the memory clients take', () => {
  expectTypeOf<Parameters<MemoryBrowserClient['identify']>>().toEqualTypeOf<
    Parameters<BrowserClient['identify']>
  >()
  expectTypeOf<Parameters<MemoryBrowserClient['registerUser']>>().toEqualTypeOf<
    Parameters<BrowserClient['registerUser']>
  >()
  expectTypeOf<Parameters<MemoryNodeClient['identify']>>().toEqualTypeOf<Parameters<NodeClient['identify']>>()
})

test('an app’s event types hold for a memory client too', () => {
  const browser = {} as MemoryBrowserClient<ShopEvents>
  browser.logActivity('login')
  browser.logActivity('search', undefined, {})
  browser.logActivity('payment_processed', undefined, { orderId: 'A-7', amount: 1 })
  // @ts-expect-error the metadata is missing
  browser.logActivity('payment_processed')
  // @ts-expect-error no such type
  browser.logActivity('payment')

  const node = {} as MemoryNodeClient<ShopEvents>
  node.logActivity('user-42', 'login')
  // @ts-expect-error the amount is no number
  node.logActivity('user-42', 'payment_processed', undefined, { orderId: 'A-7', amount: '1' })
})
