import { expect, test } from 'vitest'
import { openLab } from './faults/support/lab'
import { readTimeline } from './faults/support/stored'

test('what a visitor did before signing in is on the timeline of the person', async () => {
  const lab = await openLab()
  const tab = await lab.openTab('/lamps?utm_source=newsletter')
  const answer = await tab.page.evaluate(async () => {
    arunika.trackPageView()
    arunika.logActivity('added_to_cart')
    const person = { userId: 'user-42', email: 'Sari@Example.com', subscriptionTier: 'pro' }
    const registered = await arunika.registerUser(person)
    arunika.logActivity('checked_out')
    await arunika.flush()
    return registered
  })
  expect(answer).toEqual({ profileId: expect.any(String), status: 'pending' })

  const timeline = await readTimeline(lab, answer.profileId ?? '')
  expect(timeline.map(({ eventType }) => eventType)).toEqual([
    'page_view',
    'added_to_cart',
    'user_registered',
    'user_identified',
    'checked_out',
  ])
})
