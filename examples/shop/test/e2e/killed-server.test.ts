import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Customer, inOneLine, WHOLE_WAY } from './customer'
import { ShopWorld } from './shop-world'

describe('a server that is killed in the middle of a purchase', () => {
  let world: ShopWorld
  beforeAll(async () => {
    world = await ShopWorld.open()
  })
  afterAll(() => world.close())

  it('loses no event and stores none twice: the shop goes on, and all of it arrives afterwards', async () => {
    const customer = new Customer(await world.browser.newPage())
    await customer.visit(world.shop.url)
    await customer.waitForEvents(1)

    await world.server.stop('SIGKILL')
    await customer.waitForLink('Reconnecting')
    await customer.putHarbourIntoCart()
    await customer.signIn('ada@example.com')
    expect(await customer.shownTimeline(), 'nothing is shown that is not stored').toHaveLength(1)

    await world.startServerAgain()
    await customer.waitForLink('Live')
    await customer.pay()
    await world.server.stop('SIGKILL')
    await world.startServerAgain()
    await customer.waitForEvents(WHOLE_WAY.length)
    expect(await customer.shownTimeline()).toHaveLength(WHOLE_WAY.length)
    await customer.waitForShipping()

    await customer.page.close()
    expect(await world.shop.stop('SIGTERM')).toBe(0)
    const timeline = await world.timelineOf(await world.findUser('ada@example.com'))
    expect(timeline.map(inOneLine)).toEqual(WHOLE_WAY)
    expect(new Set(timeline.map(({ eventId }) => eventId)).size).toBe(WHOLE_WAY.length)
  })
})
