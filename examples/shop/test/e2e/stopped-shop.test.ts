import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Customer } from './customer'
import { ShopWorld } from './shop-world'

describe('a shop that is stopped', () => {
  let world: ShopWorld
  beforeAll(async () => {
    world = await ShopWorld.open()
  })
  afterAll(() => world.close())

  it('delivers the events that wait before it ends', async () => {
    const customer = new Customer(await world.browser.newPage())
    await customer.visit(world.shop.url)
    await customer.putHarbourIntoCart()
    await customer.signIn('ada@example.com')
    const paid = customer.page.waitForResponse((response) => response.url().endsWith('/api/orders'))
    await customer.page.getByRole('button', { name: 'Pay €72.00' }).click()
    expect((await paid).status()).toBe(201)

    expect(await world.shop.stop('SIGTERM')).toBe(0)
    const timeline = await world.timelineOf(await world.findUser('ada@example.com'))
    expect(timeline.map(({ eventType }) => eventType)).toContain('payment_processed')
  })
})
