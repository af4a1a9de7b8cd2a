import { describe, expect, it } from 'vitest'
import { checkRegistration } from './registration'

describe('a registration', () => {
  const person = { userId: 'user-1', email: 'sari@example.com' }

  it('is taken with the fields that are its own, and no others', () => {
    const traits = { newsletter: true }
    expect(checkRegistration({ ...person, name: 'Sari', traits, password: 'secret' })).toEqual({
      ...person,
      name: 'Sari',
      subscriptionTier: undefined,
      traits,
    })
  })

  it.each([
    ['registration', undefined],
    ['userId', { email: 'sari@example.com' }],
    ['email', { userId: 'user-1', email: 7 }],
    ['name', { ...person, name: null }],
    ['subscriptionTier', { ...person, subscriptionTier: 1 }],
    ['traits', { ...person, traits: [] }],
  ])('whose %s is wrong throws at once, and says which', (option, value) => {
    expect(() => checkRegistration(value)).toThrow(
      expect.objectContaining({ code: 'invalid_option', option }),
    )
  })
})
