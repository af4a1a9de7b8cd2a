import type { IdentifierKey, Mention } from '@arunika/protocol'
import { expect, it } from 'vitest'
import { deriveLinks, rootOf } from './links'

type Named = Partial<Record<'session' | 'email' | 'user', IdentifierKey>>

function mention(at: number, { session, email, user }: Named): Mention {
  const owner = user ?? email ?? session ?? 's:none'
  return {
    eventId: String(at),
    at,
    session: session ?? null,
    email: email ?? null,
    user: user ?? null,
    owner,
    attributes: [],
  }
}

it('gives a session to the user that it was first said to be, else to the email', () => {
  const byEmail = mention(1, { session: 's:1', email: 'e:a' })
  expect(rootOf(deriveLinks([byEmail]), 's:1')).toBe('e:a')
  const byUser = mention(3, { session: 's:1', user: 'u:1' })
  const earlier = mention(2, { session: 's:1', user: 'u:2' })
  expect(deriveLinks([byEmail, byUser, earlier]).get('s:1')).toBe('u:2')
})

it('concludes from a session that was both that the email is the user’s', () => {
  const links = deriveLinks([
    mention(1, { session: 's:1', email: 'e:a' }),
    mention(2, { session: 's:1', user: 'u:1' }),
  ])
  expect(rootOf(links, 'e:a')).toBe('u:1')
})

it('prefers what was said outright of an email to what was concluded, however late', () => {
  const links = deriveLinks([
    mention(1, { session: 's:1', email: 'e:a' }),
    mention(1, { session: 's:1', user: 'u:1' }),
    mention(9, { email: 'e:a', user: 'u:2' }),
  ])
  expect(links.get('e:a')).toBe('u:2')
  expect(links.get('s:1')).toBe('u:1')
})

it('lets the smaller identifier win where times are equal', () => {
  const claims = [mention(1, { email: 'e:a', user: 'u:2' }), mention(1, { email: 'e:a', user: 'u:1' })]
  expect(deriveLinks(claims).get('e:a')).toBe('u:1')
  expect(deriveLinks(claims.reverse()).get('e:a')).toBe('u:1')
})

it('leaves a session that said nothing to nobody', () => {
  expect(rootOf(deriveLinks([mention(1, { session: 's:1' })]), 's:1')).toBeNull()
})
