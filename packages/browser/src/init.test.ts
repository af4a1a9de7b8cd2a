import { OptionsError } from '@arunika/core'
import { expect, test } from 'vitest'
import { init } from './index'

// This file runs in Node, as a server that renders pages does: importing the package has touched no window.

test('a server that renders the page gets a client that does nothing', async () => {
  const arunika = init({ appId: 'app_shop', endpoint: 'https://events.example.com' })
  const stop = arunika.on('error', (error) => expect.unreachable(error.message))
  arunika.trackPageView({ layout: 'grid' })
  arunika.logActivity('login')
  arunika.reset()
  expect(arunika.sessionId).toBe('')
  const queued = { profileId: null, status: 'queued' }
  expect(await arunika.identify({ userId: 'u1' })).toEqual(queued)
  expect(await arunika.registerUser({ userId: 'u1', email: 'ada@example.com' })).toEqual(queued)
  await arunika.flush()
  await arunika.close()
  stop()
})

test('a wrong option throws there too', () => {
  expect(() => init({ appId: 'shop', endpoint: 'https://events.example.com' })).toThrow(OptionsError)
})
