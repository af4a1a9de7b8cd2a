import { createReceiver } from '@arunika/receiver'
import { expressReceiver } from '@arunika/receiver/express'
import { standardWebhooks } from '@arunika/receiver/providers'
import type { Express } from 'express'
import type { Express as Express4 } from 'express4'
import { describe, expectTypeOf, it } from 'vitest'

interface Events {
  ping: null
}

const handler = expressReceiver(
  createReceiver<Events>({ provider: standardWebhooks({ secret: 'whsec_AAAA' }) }),
)

describe('expressReceiver', () => {
  it('is a handler of Express 5', () => {
    expectTypeOf<Express>().toHaveProperty('post').toBeCallableWith('/webhooks', handler)
  })

  it('is a handler of Express 4', () => {
    expectTypeOf<Express4>().toHaveProperty('post').toBeCallableWith('/webhooks', handler)
  })
})
