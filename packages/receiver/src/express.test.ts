import { expect, it } from 'vitest'
import { createReceiver } from './create-receiver'
import { expressReceiver } from './express'

it.each([
  ['nothing', undefined],
  ['null', null],
  ['an empty object', {}],
  ['what makes a receiver', createReceiver],
])('throws at once where it is given %s', (_, receiver) => {
  const adapt = () => expressReceiver(receiver as never)
  expect(adapt).toThrow(TypeError)
  expect(adapt).toThrow('expressReceiver: give a receiver, such as createReceiver({ provider })')
})
