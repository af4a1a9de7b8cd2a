/** The names of Arunika's own HTTP headers, in lower case as every HTTP library compares them. */
export const HEADERS = {
  /** The app's public id, `app_…`. */
  appId: 'x-app-id',
  /** The app's secret key, `sk_live_…` or `sk_test_…`. */
  apiKey: 'x-api-key',
  /** When the request was signed, in Unix seconds. */
  timestamp: 'x-webhook-timestamp',
  /** `sha256=` and the lowercase hex HMAC-SHA256 of {@link signingString}. */
  signature: 'x-webhook-signature',
  /** The browser's session id, on requests from a web page to its own backend. */
  session: 'x-arunika-session',
} as const
