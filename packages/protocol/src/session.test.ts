import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import vectors from '../vectors/sessions.json'
import { continueSession, identifySession, SESSION_RULES, type Session } from './session'

describe('the vectors of sessions', () => {
  test.each(vectors.continues)('an activity: $name', ({ session, nowMs, newId, expected }) => {
    expect(continueSession(session, nowMs, () => newId)).toEqual(expected)
  })

  test.each(vectors.identifies)('an identify: $name', ({ session, person, nowMs, newId, expected }) => {
    expect(identifySession(session, person, nowMs, () => newId)).toEqual(expected)
  })
})

test('no session lasts longer than its rules, however the clock jumps', () => {
  const jumps = fc.array(fc.integer({ min: -1e12, max: 1e8 }), { maxLength: 50 })
  fc.assert(
    fc.property(jumps, (steps) => {
      let now = 1_767_225_600_000
      let made = 0
      let session: Session | null = null
      let lived = 0
      for (const step of steps) {
        now += step
        const next: Session = continueSession(session, now, () => `s_${made++}`)
        const goesOn: boolean = next.sessionId === session?.sessionId
        lived = goesOn ? lived + Math.max(step, 0) : 0
        // Every step back can give up to the whole age again, but no more.
        if (goesOn) expect(step).toBeLessThanOrEqual(SESSION_RULES.maxIdleMs)
        if (steps.every((one) => one >= 0)) expect(lived).toBeLessThanOrEqual(SESSION_RULES.maxAgeMs)
        expect(now - next.startedAt).toBeLessThanOrEqual(SESSION_RULES.maxAgeMs)
        expect(next.startedAt).toBeLessThanOrEqual(next.lastActiveAt)
        expect(next.lastActiveAt).toBe(now)
        session = next
      }
    }),
  )
})

test('a stored session whose times are no numbers has ended', () => {
  const broken = { sessionId: 's_1', startedAt: NaN, lastActiveAt: NaN, person: 'user_1' }
  expect(continueSession(broken, 1_000, () => 's_2')).toEqual({
    sessionId: 's_2',
    startedAt: 1_000,
    lastActiveAt: 1_000,
    person: null,
  })
})

test('two people never share a session', () => {
  const person = fc.constantFrom('a', 'b', 'c')
  fc.assert(
    fc.property(fc.array(person), (people) => {
      let made = 0
      let session = continueSession(null, 0, () => `s_${made++}`)
      const owners = new Map<string, string>()
      for (const one of people) {
        session = identifySession(session, one, 0, () => `s_${made++}`)
        expect(owners.get(session.sessionId) ?? one).toBe(one)
        owners.set(session.sessionId, one)
      }
    }),
  )
})
