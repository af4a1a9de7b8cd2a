import { expect, it } from 'vitest'
import { standardWebhooks } from './providers/standard-webhooks'
import { sign } from './testing'

const provider = standardWebhooks({ secret: 'whsec_AAAA' })

it.each([
  ['no provider', {}, { body: '' }, 'sign: give a provider'],
  ['no options', provider, undefined, 'sign: give an object with options; they are body,'],
  ['a misspelt option', provider, { body: '', timestamp: 5 }, 'sign: timestamp is not an option'],
])('a delivery is not signed with %s', async (_, from, options, message) => {
  const signed = sign(from as never, options as never)
  await expect(signed).rejects.toThrow(TypeError)
  await expect(signed).rejects.toThrow(message)
})
