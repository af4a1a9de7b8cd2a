import { expect, test } from 'vitest'
import { clientOf } from './client-source'

// This file runs in Node, as a server that renders pages does.

test('a server keeps no client: it may render the pages of any number of apps', () => {
  const options = { appId: 'app_shop', endpoint: 'https://events.example.com' }
  expect(clientOf({ options })).not.toBe(clientOf({ options }))
})
