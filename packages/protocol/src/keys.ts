const APP_ID = /^app_[0-9A-Za-z]{1,64}$/
const API_KEY = /^sk_(?:live|test)_[0-9A-Za-z]{43}$/

/** What an app id must be, for messages. */
export const APP_ID_FORM = 'an app id: app_ and letters or digits'

/**
 * True of text in the form of an app id: `app_` and 1 to 64 letters or digits.
 *
 * @example
 * isAppId('app_shop') // true
 */
export function isAppId(value: unknown): value is string {
  return typeof value === 'string' && APP_ID.test(value)
}

/**
 * True of text in the form of an API key: `sk_live_` or `sk_test_` and 32 bytes in base62 (43 characters).
 *
 * @example
 * isApiKey(`sk_test_${'0'.repeat(43)}`) // true
 */
export function isApiKey(value: unknown): value is string {
  return typeof value === 'string' && API_KEY.test(value)
}
