import { expect, it } from 'vitest'
import { redisIdempotency } from './redis-idempotency'

const send = () => Promise.resolve(null)

it.each([
  ['no client', {}, 'send must be a function that sends a command'],
  ['a misspelt option', { send, prefx: 'x' }, 'prefx is not an option; the options are send, prefix,'],
  ['a prefix that is no text', { send, prefix: 5 }, 'prefix must be text'],
  ['no time', { send, ttlSeconds: 0 }, 'ttlSeconds must be a number above 0'],
])('says what to pass instead of %s', (_, options, message) => {
  const create = () => redisIdempotency(options as never)
  expect(create).toThrow(TypeError)
  expect(create).toThrow(`redisIdempotency: ${message}`)
})

it('takes a key that ended between the two commands for one that runs: the sender comes again', async () => {
  expect(await redisIdempotency({ send }).claim('a', 'hash')).toEqual({ state: 'running' })
})
