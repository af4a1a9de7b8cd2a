import { isUuidV7, ROUTES, validateBrowserBatch, validateProfile } from '@arunika/protocol'
import { expect, onTestFinished, test } from 'vitest'
import { name, version } from '../../package.json'
import { record, scriptServer, start, told, typesIn } from './page'

test('events of one session leave in one request that needs no preflight, oldest first', async () => {
  const server = scriptServer()
  const arunika = start({ appId: 'app_shop' })
  arunika.trackPageView()
  arunika.logActivity('login')
  arunika.logActivity('added_to_cart', 'Put a lamp into the cart', { sku: 'lamp-3' })
  await arunika.flush()
  expect(server.requests).toHaveLength(1)
  const [request] = server.requests
  expect(request).toMatchObject({
    path: ROUTES.browserEvents,
    contentType: 'text/plain;charset=UTF-8',
    keepalive: false,
  })
  expect(request?.body).toMatchObject({ appId: 'app_shop', sessionId: arunika.sessionId })
  expect(typesIn(request)).toEqual(['page_view', 'login', 'added_to_cart'])
  expect(request?.body.events[2]).toMatchObject({
    description: 'Put a lamp into the cart',
    eventData: { sku: 'lamp-3' },
  })
  expect(validateBrowserBatch(request?.body)).toMatchObject({ ok: true, value: { rejected: [] } })
  expect(isUuidV7(arunika.sessionId)).toBe(true)
})

test('every event says where it happened; a page view says what brought the visitor, too', async () => {
  const server = scriptServer()
  const { href } = location
  const { title } = document
  onTestFinished(() => {
    history.replaceState(null, '', href)
    document.title = title
  })
  const arunika = start()
  history.replaceState(null, '', '/lamps?utm_source=newsletter&utm_campaign=spring')
  document.title = 'Lamps'
  arunika.trackPageView({ layout: 'grid' })
  history.replaceState(null, '', '/cart')
  document.title = 'Cart'
  arunika.logActivity('checkout')
  await arunika.flush()
  const [pageView, checkout] = server.requests[0]!.body.events
  const everywhere = {
    locale: navigator.language,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    screen: { width: screen.width, height: screen.height },
    library: { name, version },
  }
  expect(pageView).toMatchObject({
    eventType: 'page_view',
    eventData: { layout: 'grid' },
    context: {
      ...everywhere,
      page: {
        url: `${location.origin}/lamps?utm_source=newsletter&utm_campaign=spring`,
        path: '/lamps',
        title: 'Lamps',
      },
      campaign: { source: 'newsletter', name: 'spring' },
    },
  })
  expect(checkout?.context).toMatchObject({ ...everywhere, page: { path: '/cart', title: 'Cart' } })
  expect(checkout?.context).not.toHaveProperty('campaign')
})

test('a batch leaves at once when flushAt events wait', async () => {
  const server = scriptServer()
  const arunika = start({ flushAt: 3 })
  const delivered = told(arunika, 'delivered')
  for (const type of ['a', 'b', 'c', 'd']) arunika.logActivity(type)
  expect((await delivered).events.map(({ eventType }) => eventType)).toEqual(['a', 'b', 'c', 'd'])
  expect(server.requests).toHaveLength(1)
})

test('a smaller batch leaves when flushIntervalMs is over', async () => {
  const server = scriptServer()
  const arunika = start({ flushIntervalMs: 50 })
  const delivered = told(arunika, 'delivered')
  const before = performance.now()
  arunika.logActivity('login')
  await delivered
  expect(performance.now() - before).toBeGreaterThan(40)
  expect(server.requests).toHaveLength(1)
})

test('what the app changes after the call does not change the event', async () => {
  const server = scriptServer()
  const arunika = start()
  const cart = { items: 1 }
  arunika.logActivity('cart_opened', undefined, cart)
  cart.items = 2
  await arunika.flush()
  expect(server.requests[0]?.body.events[0]?.eventData).toEqual({ items: 1 })
})

test('identify goes at once, after the events before it, and gives the server’s answer', async () => {
  const server = scriptServer()
  const arunika = start()
  const told = record(arunika)
  arunika.logActivity('added_to_cart')
  const answer = await arunika.identify({
    userId: 'u1',
    email: 'Ada@Example.com',
    name: 'Ada',
    traits: { plan: 'pro' },
  })
  expect(answer).toEqual({ profileId: 'p_1', status: 'active' })
  expect(server.requests.map(({ path }) => path)).toEqual([ROUTES.browserEvents, ROUTES.profile])
  const { body, contentType } = server.requests[1]!
  expect(contentType).toBe('text/plain;charset=UTF-8')
  expect(body).toMatchObject({
    sessionId: arunika.sessionId,
    userId: 'u1',
    name: 'Ada',
    traits: { plan: 'pro' },
  })
  expect(isUuidV7(body['eventId'])).toBe(true)
  expect(validateProfile(body)).toMatchObject({ ok: true, value: { email: 'ada@example.com' } })
  await arunika.flush()
  expect(told.at(-1)).toMatchObject({
    name: 'delivered',
    value: {
      events: [{ eventType: 'user_identified', eventData: { userId: 'u1', email: 'Ada@Example.com' } }],
    },
  })
})

test('registerUser reports the registration and identifies', async () => {
  const server = scriptServer()
  const arunika = start()
  const registration = {
    userId: 'u1',
    email: 'ada@example.com',
    subscriptionTier: 'pro',
    traits: { plan: 'pro' },
  }
  expect(await arunika.registerUser(registration)).toEqual({ profileId: 'p_1', status: 'active' })
  const [events, profile] = server.requests
  expect(events?.body.events).toMatchObject([{ eventType: 'user_registered', eventData: registration }])
  expect(profile?.body).toMatchObject({ userId: 'u1', email: 'ada@example.com', traits: { plan: 'pro' } })
  expect(profile?.body).not.toHaveProperty('subscriptionTier')
})

test('another person on the same page gets another session, and so does everything after it', async () => {
  const server = scriptServer()
  const arunika = start()
  arunika.logActivity('before')
  const anonymous = arunika.sessionId
  await arunika.identify({ userId: 'ada' })
  expect(arunika.sessionId).toBe(anonymous)
  await arunika.registerUser({ userId: 'bob', email: 'bob@example.com' })
  expect(arunika.sessionId).not.toBe(anonymous)
  const sessions = server.requests.map(({ body }) => body.sessionId)
  expect(sessions).toEqual([anonymous, anonymous, arunika.sessionId, arunika.sessionId])
})

test('reset begins a session of nobody', async () => {
  const server = scriptServer()
  const arunika = start()
  await arunika.identify({ userId: 'ada' })
  arunika.reset()
  arunika.logActivity('after')
  await arunika.flush()
  const [identified, after] = server.requests
  expect(after?.body.sessionId).toBe(arunika.sessionId)
  expect(after?.body.sessionId).not.toBe(identified?.body.sessionId)
})
