import { expect, it } from 'vitest'
import { profileEvent } from './profile-event'
import { isUuidV7 } from './uuid'
import type { CheckedProfile } from './validate-profile'

const profile: CheckedProfile = {
  appId: 'app_1',
  sessionId: 's1',
  sentAtMs: null,
  timestampMs: 1_767_225_600_000,
  email: 'ada@example.com',
}

it('is a user_identified event with what the request says', async () => {
  const event = await profileEvent({ ...profile, userId: 'u1', name: 'Ada', traits: { plan: 'pro' } }, 0)
  expect(event).toMatchObject({
    eventType: 'user_identified',
    timestamp: '2026-01-01T00:00:00.000Z',
    eventData: { userId: 'u1', email: 'ada@example.com', name: 'Ada', traits: { plan: 'pro' } },
  })
})

it('has the id that the request gives, else one that the same request makes again', async () => {
  expect((await profileEvent({ ...profile, eventId: 'given' }, 0)).eventId).toBe('given')
  const { eventId } = await profileEvent(profile, 0)
  expect(isUuidV7(eventId)).toBe(true)
  expect((await profileEvent({ ...profile }, 99)).eventId).toBe(eventId)
  expect((await profileEvent({ ...profile, name: 'Ada' }, 0)).eventId).not.toBe(eventId)
  expect((await profileEvent({ ...profile, timestampMs: 1_767_225_600_001 }, 0)).eventId).not.toBe(eventId)
})

it.each([-62_135_596_800_000, 253_402_300_799_999])(
  'makes a right id of the time %d',
  async (timestampMs) => {
    expect(isUuidV7((await profileEvent({ ...profile, timestampMs }, 0)).eventId)).toBe(true)
  },
)

it('takes the time of sending, else of receiving, where the request has none', async () => {
  expect((await profileEvent({ ...profile, timestampMs: null, sentAtMs: 1_000 }, 5_000)).timestamp).toContain(
    ':01.000Z',
  )
  expect((await profileEvent({ ...profile, timestampMs: null }, 5_000)).timestamp).toContain(':05.000Z')
})
