import { describe, expect, it } from 'vitest'
import type { JsonObject } from './json'
import { mentionOf, type MentioningEvent } from './mention'

function mention(fields: Partial<MentioningEvent>) {
  return mentionOf({ eventId: 'id', eventType: 'login', timestampMs: 5, sessionId: 's1', ...fields })
}

describe('whose event it is', () => {
  it('is the session where nothing else is known', () => {
    expect(mention({})).toMatchObject({ owner: 's:s1', user: null, email: null })
  })

  it('is the user id, before the email and the session', () => {
    const identifier = { userId: 'u1', email: 'a@b.c', sessionId: 's1' }
    expect(mention({ identifier })).toMatchObject({
      owner: 'u:u1',
      email: 'e:a@b.c',
      user: 'u:u1',
      session: 's:s1',
    })
    expect(mention({ identifier: { email: 'a@b.c' } }).owner).toBe('e:a@b.c')
  })

  it('is whom a profile id stands for, before all others', () => {
    const identifier = { profileId: 'prf_1', userId: 'u1', email: 'a@b.c' }
    expect(mention({ identifier, profile: 'u:u2' })).toMatchObject({ owner: 'u:u2', user: 'u:u2' })
    expect(mention({ identifier, profile: 'e:x@y.z' })).toMatchObject({
      owner: 'e:x@y.z',
      email: 'e:x@y.z',
      user: 'u:u1',
    })
  })

  it('throws where an event has no identifier, which validation does not let through', () => {
    expect(() => mention({ sessionId: undefined })).toThrow(TypeError)
  })
})

describe('what an event says of a person in its data', () => {
  const eventData: JsonObject = {
    userId: 'u1',
    email: ' Ada@Example.com ',
    name: 'Ada',
    subscriptionTier: 'pro',
    city: 'Jakarta',
    traits: { city: 'Bandung', age: 36 },
  }
  const values = (fields: Partial<MentioningEvent>) =>
    Object.fromEntries(mention(fields).attributes.map(({ name, value }) => [name, value]))

  it.each(['user_registered', 'user_identified'])('is read of %s', (eventType) => {
    expect(mention({ eventType, eventData })).toMatchObject({ user: 'u:u1', email: 'e:ada@example.com' })
    expect(values({ eventType, eventData })).toMatchObject({
      name: '"Ada"',
      subscriptionTier: '"pro"',
      'trait:city': '"Bandung"',
      'trait:age': '36',
    })
  })

  it('is not read of an event of the app’s own', () => {
    expect(mention({ eventData })).toMatchObject({ user: null, email: null, attributes: [] })
  })

  it('is left out where it is malformed', () => {
    const broken = { userId: 7, email: 'none', name: '', subscriptionTier: null, traits: [1] }
    expect(mention({ eventType: 'user_identified', eventData: broken })).toMatchObject({
      user: null,
      email: null,
      attributes: [],
    })
  })

  it('keeps traits of any name in a form that the store holds', () => {
    const traits = JSON.parse('{ "__proto__": 1, "a\\u0000b": 2, "\\ud800": 3 }') as JsonObject
    expect(values({ eventType: 'user_identified', eventData: { traits } })).toEqual(
      Object.fromEntries([
        ['trait:__proto__', '1'],
        ['trait:a\uFFFDb', '2'],
        ['trait:\uFFFD', '3'],
      ]),
    )
  })

  it('turns the sign of a registration’s time, so that the first one counts', () => {
    const { attributes } = mention({ eventType: 'user_registered', eventData: {} })
    expect(attributes).toEqual([{ name: 'registeredAt', value: '5', at: -5 }])
  })
})
