import { systemClock } from '@arunika/core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPendingIdentities, QUEUED } from './pending-identities'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('the one who waits gets the answer to their own identity', async () => {
  const pending = createPendingIdentities(systemClock, 1_000)
  const [first, second] = [pending.wait('e1'), pending.wait('e2')]
  pending.settle('e2', { profileId: 'p2', status: 'active' })
  pending.settle('e1', { profileId: 'p1', status: 'pending' })
  expect(await first).toEqual({ profileId: 'p1', status: 'pending' })
  expect(await second).toEqual({ profileId: 'p2', status: 'active' })
  expect(vi.getTimerCount()).toBe(0)
})

test('without an answer in time the identity is queued, and a late answer hurts nobody', async () => {
  const pending = createPendingIdentities(systemClock, 1_000)
  const answer = pending.wait('e1')
  vi.advanceTimersByTime(1_000)
  expect(await answer).toEqual(QUEUED)
  pending.settle('e1', { profileId: 'p1', status: 'active' })
})

test('closing lets everybody go and leaves no timer', async () => {
  const pending = createPendingIdentities(systemClock, 1_000)
  const answers = [pending.wait('e1'), pending.wait('e2')]
  pending.close()
  expect(await Promise.all(answers)).toEqual([QUEUED, QUEUED])
  expect(vi.getTimerCount()).toBe(0)
})
