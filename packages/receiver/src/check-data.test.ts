import { expect, it, vi } from 'vitest'
import { createReceiver } from './create-receiver'
import { arunika } from './providers/arunika'
import type { StandardSchema } from './standard-schema'
import { sign } from './testing'

const provider = arunika({ secret: 'whsec_AAAA' })

/** The answer to an event whose schema does this. */
async function answerBy(validate: () => unknown) {
  const onError = vi.fn()
  const schema = { '~standard': { version: 1, vendor: 'acme', validate } } as unknown as StandardSchema
  const receiver = createReceiver({ provider, onError, schemas: { a: schema } })
  const { status, body } = await receiver.handle(await sign(provider, { body: { type: 'a' } }))
  expect(onError).toHaveBeenCalledTimes(1)
  return { status, json: JSON.parse(body) as unknown }
}

const circular: Record<string, unknown> = {}
circular['itself'] = circular

it.each([
  ['a message that JSON cannot hold', { message: 1n }, { path: [], message: '1' }],
  ['a message that holds itself', { message: circular }, { path: [], message: '[object Object]' }],
  [
    'a path of what JSON cannot hold',
    { message: 'm', path: [{ key: 1n }, Symbol('s')] },
    { path: ['1', 'Symbol(s)'] },
  ],
])('an issue with %s is answered with 422 all the same', async (_, issue, told) => {
  expect(await answerBy(() => ({ issues: [issue] }))).toMatchObject({ status: 422, json: { issues: [told] } })
})

it('a validator that throws what cannot even be looked at is answered with 500', async () => {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  const answer = await answerBy(() => {
    throw proxy // eslint-disable-line @typescript-eslint/only-throw-error -- what is tested
  })
  expect(answer.status).toBe(500)
})
