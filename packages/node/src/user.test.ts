import { OptionsError } from '@arunika/core'
import { describe, expect, it } from 'vitest'
import { identifierOf, type User } from './user'

describe('identifierOf', () => {
  it('takes text as a userId', () => {
    expect(identifierOf('user-42')).toEqual({ userId: 'user-42' })
  })

  it('takes the fields of an identifier, and no others', () => {
    const user = { profileId: 'p', userId: undefined, email: 'a@b', sessionId: 's', password: 'x' }
    expect(identifierOf(user)).toEqual({ profileId: 'p', email: 'a@b', sessionId: 's' })
  })

  it.each([undefined, null, 42, ['user-42']])('refuses %j', (user) => {
    expect(() => identifierOf(user as unknown as User)).toThrow(OptionsError)
  })

  it('refuses a field that is not text by its name', () => {
    expect(() => identifierOf({ userId: 42 } as unknown as User)).toThrow(/^user\.userId must be text/)
  })
})
