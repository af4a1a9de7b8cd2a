import { expect, onTestFinished, test } from 'vitest'
import { scriptServer, start } from './page'

const cookie = () => /(?:^|; )arunika_session=([^;]*)/.exec(document.cookie)?.[1]

function forgetCookie(): void {
  onTestFinished(() => void (document.cookie = 'arunika_session=; path=/; max-age=0'))
}

test('the app’s backend gets the session by a cookie, where the app wants it', () => {
  scriptServer()
  forgetCookie()
  const plain = start()
  plain.logActivity('read')
  expect(cookie()).toBeUndefined()
  const arunika = start({ sessionCookie: true })
  const { sessionId } = arunika
  expect(cookie()).toBe(sessionId)
  arunika.reset()
  expect(cookie()).toBe(arunika.sessionId)
  expect(cookie()).not.toBe(sessionId)
  arunika.optOut()
  expect(cookie()).toBeUndefined()
})
