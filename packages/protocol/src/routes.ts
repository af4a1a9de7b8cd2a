/** The paths that the SDKs post to, relative to the endpoint. */
export const ROUTES = {
  /** Events of a browser; no secret. */
  browserEvents: '/api/events',
  /** Who a browser's session is; no secret. */
  profile: '/api/profile',
  /** A batch of a server's events, or one bare event. */
  serverEvents: '/api/webhooks',
  /** One bare event of a server. */
  serverEvent: '/api/webhooks/events',
} as const
