import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Customer } from './customer'
import { ShopWorld } from './shop-world'

describe('what a visitor gets', () => {
  let world: ShopWorld
  beforeAll(async () => {
    world = await ShopWorld.open()
  })
  afterAll(() => world.close())

  it('is their own timeline, and never another visitor’s', async () => {
    const ada = await newCustomer()
    await ada.visit(world.shop.url)
    await ada.waitForEvents(1)
    const bob = await newCustomer()
    await bob.visit(`${world.shop.url}/lamps/vigil`)
    await bob.waitForEvents(1)

    await ada.putHarbourIntoCart()
    await ada.signIn('ada@example.com')
    await ada.waitForEvents(8)
    expect(await bob.shownTimeline()).toEqual(['browser page_view anonymous'])

    // Bob says to Arunika, which believes every browser, that he is Ada: the shop does not.
    await bob.page.evaluate(
      async ({ url, appId, sessionId }) => {
        const body = JSON.stringify({ appId, sessionId, email: 'ada@example.com' })
        const answer = await fetch(`${url}/api/profile`, { method: 'POST', body })
        if (!answer.ok) throw new Error(await answer.text())
      },
      { url: world.server.url, appId: await appId(), sessionId: await sessionOf(bob) },
    )
    await bob.page.reload()
    await bob.waitForEvents(2)
    expect((await bob.shownTimeline()).join()).not.toContain('user_registered')
    expect((await bob.shownTimeline()).join()).not.toContain('add_to_cart')
  })

  it('is refused with the session of another visitor', async () => {
    const ada = await newCustomer()
    await ada.visit(world.shop.url)
    await ada.waitForEvents(1)
    const stolen = await fetch(`${world.shop.url}/api/session`, {
      method: 'POST',
      headers: { 'x-arunika-session': await sessionOf(ada) },
    })
    expect(stolen.status).toBe(409)
    const unknown = await fetch(`${world.shop.url}/api/my-timeline`)
    expect(unknown.status).toBe(401)
  })

  it('holds no secret', async () => {
    const customer = await newCustomer()
    const bodies: Promise<string>[] = []
    customer.page.on('response', (response) => {
      const isStream = response.request().resourceType() === 'eventsource'
      if (!isStream && response.url().startsWith(world.shop.url)) bodies.push(response.text())
    })
    await customer.visit(world.shop.url)
    await customer.waitForEvents(1)
    const texts = await Promise.all(bodies)
    expect(texts.length).toBeGreaterThanOrEqual(4)
    // Asked of each apart and not as a whole: a failure should not print the whole page.
    expect(texts.some((text) => text.includes(world.apiKey))).toBe(false)
    expect(texts.some((text) => /sk_(live|test)_\w{43}/.test(text))).toBe(false)
  })

  async function newCustomer(): Promise<Customer> {
    const context = await world.browser.newContext()
    return new Customer(await context.newPage())
  }

  async function appId(): Promise<string> {
    const response = await fetch(`${world.shop.url}/config.json`)
    return ((await response.json()) as { appId: string }).appId
  }

  /** The session that a customer's page names to the shop. */
  async function sessionOf(customer: Customer): Promise<string> {
    const asked = customer.page.waitForRequest((request) => request.url().endsWith('/api/session'))
    await customer.page.reload()
    return (await (await asked).headerValue('x-arunika-session')) ?? ''
  }
})
