/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-empty-object-type -- as vitest declares it */
import type { ArunikaMatchers } from '@arunika/testing'
import 'vitest'

declare module 'vitest' {
  interface Matchers<T = any> extends ArunikaMatchers<T> {}
}
