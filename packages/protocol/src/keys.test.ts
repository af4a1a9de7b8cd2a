import { expect, test } from 'vitest'
import { isApiKey, isAppId } from './keys'

const random = 'Az09'.repeat(11).slice(1)

test.each<[unknown, boolean]>([
  ['app_1', true],
  [`app_${'a'.repeat(64)}`, true],
  [`app_${'a'.repeat(65)}`, false],
  ['app_', false],
  ['app_a-b', false],
  ['APP_1', false],
  [' app_1', false],
  ['app_1\n', false],
  [['app_1'], false],
  [undefined, false],
])('%j is an app id: %s', (value, expected) => {
  expect(isAppId(value)).toBe(expected)
})

test.each<[unknown, boolean]>([
  [`sk_live_${random}`, true],
  [`sk_test_${random}`, true],
  [`sk_prod_${random}`, false],
  [`sk_live_${random}0`, false],
  [`sk_live_${random.slice(1)}`, false],
  [`sk_live_${random.slice(1)}-`, false],
  [`sk_live_${random}\n`, false],
  [[`sk_live_${random}`], false],
  [null, false],
])('%j is an API key: %s', (value, expected) => {
  expect(isApiKey(value)).toBe(expected)
})
