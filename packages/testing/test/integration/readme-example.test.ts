import { Arunika } from '@arunika/node'
import { arunikaMatchers, createArunikaMock } from '@arunika/testing'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'

expect.extend(arunikaMatchers)

const arunika = createArunikaMock({ endpoint: 'https://events.example.com' })
const server = setupServer(...arunika.handlers)
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterEach(() => arunika.reset())
afterAll(() => server.close())

it('reports a payment once, although the first answer is lost', async () => {
  const { appId, apiKey, endpoint } = arunika
  const client = new Arunika({ appId, apiKey, endpoint })
  arunika.loseNextAnswer()

  client.logActivity('user-42', 'payment_processed', 'Paid an order', { amount: 49 })
  await client.shutdown()

  expect(arunika).toHaveLogged('payment_processed', { amount: 49 })
  expect(arunika.timeline('user-42')).toHaveLength(1)
})
