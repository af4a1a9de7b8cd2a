import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Customer, inOneLine, WHOLE_WAY } from './customer'
import { ShopWorld } from './shop-world'

describe('a purchase', () => {
  let world: ShopWorld
  beforeAll(async () => {
    world = await ShopWorld.open()
  })
  afterAll(() => world.close())

  it('makes one timeline of page and backend, live beside the shop', async () => {
    const customer = new Customer(await world.browser.newPage())
    await customer.visit(world.shop.url)
    await customer.putHarbourIntoCart()
    await customer.waitForEvents(4)
    expect(await customer.shownTimeline()).toEqual([
      'browser page_view anonymous',
      'browser page_view anonymous',
      'browser add_to_cart anonymous',
      'browser page_view anonymous',
    ])

    await customer.signIn('ada@example.com')
    await customer.waitForEvents(8)
    await customer.page.getByText('5 anonymous events joined').waitFor()
    await customer.pay()
    await customer.waitForShipping()
    await customer.waitForEvents(11)
    expect(await customer.shownTimeline()).toEqual([
      'browser page_view joined',
      'browser page_view joined',
      'browser add_to_cart joined',
      'browser page_view joined',
      'browser page_view joined',
      'server user_registered known',
      'browser user_identified known',
      'browser page_view known',
      'server payment_processed known',
      'browser page_view known',
      'server order_shipped known',
    ])

    await customer.page.close()
    expect(await world.shop.stop('SIGTERM'), 'the shop delivers what waits, and ends well').toBe(0)
    const user = await world.findUser('ada@example.com')
    const timeline = await world.timelineOf(user)
    expect(timeline.map(inOneLine)).toEqual(WHOLE_WAY)
    expect(new Set(timeline.map(({ eventId }) => eventId)).size).toBe(WHOLE_WAY.length)
    expect(new Set(timeline.map(({ profileId }) => profileId))).toEqual(new Set([user.profileId]))
    expect(user).toMatchObject({ name: 'Ada Lovelace', email: 'ada@example.com' })
  })
})
