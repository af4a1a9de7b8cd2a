/* eslint-disable @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars -- as Jest declares it */
import type { ArunikaMatchers } from '@arunika/testing'
import 'expect'

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T> extends ArunikaMatchers<R> {}
}
