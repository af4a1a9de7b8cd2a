import { expect, it, vi } from 'vitest'
import { createReceiver } from '../create-receiver'
import { expressReceiver, type ExpressRequest } from '../express'
import { fetchReceiver } from '../fetch'
import { nodeReceiver } from '../node'
import { arunika } from '../providers/arunika'

it.each([
  ['nothing', undefined],
  ['null', null],
  ['an empty object', {}],
  ['what makes a receiver', createReceiver],
])('each adapter throws at once where it is given %s', (_, receiver) => {
  for (const [name, adapter] of Object.entries({ expressReceiver, fetchReceiver, nodeReceiver })) {
    const adapt = () => adapter(receiver as never)
    expect(adapt).toThrow(TypeError)
    expect(adapt).toThrow(`${name}: give a receiver, such as createReceiver({ provider })`)
  }
})

it('gives the error handlers of the app what goes wrong in writing the answer', async () => {
  const receiver = createReceiver({ provider: arunika({ secret: 'whsec_AAAA' }) })
  const fault = new Error('the answer is already sent')
  const setHeader = () => {
    throw fault
  }
  const request = {
    headers: {},
    rawHeaders: [],
    body: '',
    complete: true,
    socket: {},
  } as Partial<ExpressRequest>
  const response = { statusCode: 0, setHeader, end: vi.fn() }
  const error = await new Promise((next) =>
    expressReceiver(receiver)(request as ExpressRequest, response, next),
  )
  expect(error).toBe(fault)
})
