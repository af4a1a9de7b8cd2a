import { arunikaMatchers, createArunikaMock, type ArunikaMatchers } from '@arunika/testing'
import { expect, test } from 'vitest'

// What the README tells users of vitest to write.
declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars -- vitest's own declaration
  interface Matchers<T = any> extends ArunikaMatchers {}
}

test('the matchers can be registered and called', () => {
  expect.extend(arunikaMatchers)
  const arunika = createArunikaMock()
  expect(arunika).not.toHaveLogged('login', { method: 'password' })
  expect(arunika.events()).not.toHaveIdentified({ email: 'sari@example.com' })
  // @ts-expect-error the type is missing
  expect(arunika).toHaveLogged()
})
