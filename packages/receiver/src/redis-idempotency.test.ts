import { expect, it } from 'vitest'
import { redisIdempotency } from './redis-idempotency'

const send = () => Promise.resolve(null)

it.each([
  ['no client', {}, 'send must be a function that sends a command'],
  ['a misspelt option', { send, prefx: 'x' }, 'prefx is not an option; the options are send, prefix,'],
  ['a prefix that is no text', { send, prefix: 5 }, 'prefix must be text'],
  ['a time without an end', { send, ttlSeconds: Infinity }, 'ttlSeconds must be at most 10000000000'],
  ['no time', { send, ttlSeconds: 0 }, 'ttlSeconds must be a number above 0'],
])('says what to pass instead of %s', (_, options, message) => {
  const create = () => redisIdempotency(options as never)
  expect(create).toThrow(TypeError)
  expect(create).toThrow(`redisIdempotency: ${message}`)
})

it('takes a key that ended between the two commands for one that runs: the sender comes again', async () => {
  expect(await redisIdempotency({ send }).claim('a', 'hash')).toEqual({ state: 'running' })
})

it.each([null, undefined, false])('takes %s for no, as some clients give it', async (nil) => {
  const store = redisIdempotency({ send: ([name]) => Promise.resolve(name === 'GET' ? 'done hash' : nil) })
  expect(await store.claim('a', 'hash')).toEqual({ state: 'done' })
})

it('takes replies that are bytes', async () => {
  const replies: Record<string, Buffer> = { SET: Buffer.from('OK'), GET: Buffer.from('done hash') }
  const store = redisIdempotency({ send: ([name]) => Promise.resolve(replies[name]) })
  expect(await store.claim('a', 'hash')).toMatchObject({ state: 'claimed' })
  delete replies['SET']
  expect(await store.claim('a', 'hash')).toEqual({ state: 'done' })
})
