import { createReceiver, sqlIdempotency, type StandardSchema } from '@arunika/receiver'
import { arunika } from '@arunika/receiver/providers'
import { Pool } from 'pg'
import * as v from 'valibot'
import { describe, expectTypeOf, it } from 'vitest'
import { z } from 'zod'

const provider = arunika({ secret: 'whsec_AAAA' })
const schemas = {
  'order.shipped': z.object({ orderId: z.string(), at: z.coerce.date() }),
  'order.paid': v.object({ cents: v.number() }),
  ping: {} as StandardSchema<null>,
}

describe('schemas', () => {
  it('tell the types of events, and of their data as it comes out', () => {
    createReceiver({ provider, schemas })
      .on('order.shipped', (event) => {
        expectTypeOf(event.data).toEqualTypeOf<{ orderId: string; at: Date }>()
      })
      .on('order.*', (event) => {
        expectTypeOf(event.type).toEqualTypeOf<'order.shipped' | 'order.paid'>()
        if (event.type === 'order.paid') expectTypeOf(event.data).toEqualTypeOf<{ cents: number }>()
      })
      .on('ping', (event) => {
        expectTypeOf(event.data).toEqualTypeOf<null>()
      })
      // @ts-expect-error: no such type
      .on('order.lost', () => undefined)
  })

  it('fit the events that are told', () => {
    interface Events {
      'order.paid': { cents: number }
      'order.lost': null
    }
    createReceiver<Events>({ provider, schemas: { 'order.paid': schemas['order.paid'] } }).on(
      'order.lost',
      (event) => {
        expectTypeOf(event.data).toEqualTypeOf<null>()
      },
    )
    // @ts-expect-error: gives other data
    createReceiver<Events>({ provider, schemas: { 'order.paid': schemas['order.shipped'] } })
  })
})

describe('sqlIdempotency', () => {
  it('takes a Pool of pg', () => {
    expectTypeOf(sqlIdempotency).toBeCallableWith({ client: new Pool() })
  })
})
