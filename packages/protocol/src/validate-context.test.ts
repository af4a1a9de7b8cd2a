import { expect, test } from 'vitest'
import { contextFault } from './validate-context'

test.each([
  [{ page: [] }, 'page must be an object'],
  [{ page: { title: null } }, 'page.title must be text'],
  [{ campaign: { term: 1 } }, 'campaign.term must be text'],
  [{ screen: { height: '1' } }, 'screen.height must be a number'],
  [{ library: 'x' }, 'library must be an object'],
  [{ library: { name: 1 } }, 'library.name must be text'],
  [{ timezone: {} }, 'timezone must be text'],
  [{ host: 1 }, 'host must be text'],
])('the fault of %j is that %s', (context, fault) => {
  expect(contextFault(context)).toBe(fault)
})

test('fields of the app’s own are of any form, beside the known ones and within them', () => {
  expect(contextFault({ cart: [1], page: { section: 3 }, screen: { density: '2x' } })).toBeUndefined()
})
