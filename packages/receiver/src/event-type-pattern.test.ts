import { describe, expect, it } from 'vitest'
import { matcherOf } from './event-type-pattern'

describe('a pattern', () => {
  it.each([
    ['order.shipped', 'order.shipped', true],
    ['order.shipped', 'order.shipped.late', false],
    ['order.shipped', 'Order.Shipped', false],
    ['order.*', 'order.shipped', true],
    ['order.*', 'order.item.added', true],
    ['order.item.*', 'order.item.added', true],
    ['order.*', 'order.', false],
    ['order.*', 'order', false],
    ['order.*', 'orders.shipped', false],
    ['order.*', 'reorder.shipped', false],
    ['a.b', 'axb', false],
  ])('%s on %s: %s', (pattern, type, covered) => {
    expect(matcherOf(pattern)(type)).toBe(covered)
  })

  it.each(['*', '.*', 'order*', '*.shipped', 'order.*.late', 'order.**'])('cannot be %s', (pattern) => {
    expect(() => matcherOf(pattern)).toThrow(TypeError)
  })

  it('cannot be empty', () => {
    expect(() => matcherOf('')).toThrow('on: give the type of an event')
  })
})
