/**
 * Every code with which a server refuses a whole request: its HTTP status, its title, and what the caller should do.
 * A code is stable: programs may compare it.
 */
export const ERROR_CODES = {
  malformed_json: { status: 400, title: 'The body is not JSON', meaning: 'Send one JSON value in UTF-8.' },
  not_an_object: { status: 400, title: 'The body is not an object', meaning: 'Send a JSON object.' },
  invalid_batch: {
    status: 400,
    title: 'The batch is malformed',
    meaning: 'A field beside the events is missing or wrong; the detail names it. No event was stored.',
  },
  invalid_profile: {
    status: 400,
    title: 'The profile is malformed',
    meaning: 'A field is missing or wrong; the detail names it. Give an email or a userId.',
  },
  invalid_query: { status: 400, title: 'The query is malformed', meaning: 'The detail names the parameter.' },
  invalid_request: { status: 400, title: 'The request is malformed', meaning: 'The detail names the field.' },
  invalid_credentials: {
    status: 401,
    title: 'Not authenticated',
    meaning:
      'X-App-ID and X-API-Key (or the bearer token) are missing, unknown, revoked or do not belong together.',
  },
  signature_required: {
    status: 401,
    title: 'This app takes signed requests only',
    meaning: 'Send X-Webhook-Timestamp and X-Webhook-Signature.',
  },
  timestamp_out_of_range: {
    status: 401,
    title: 'The signature is too old or too new',
    meaning:
      'X-Webhook-Timestamp must be Unix seconds within 300 s of the server clock; see the Date header.',
  },
  invalid_signature: {
    status: 401,
    title: 'The signature does not match',
    meaning: 'Sign the exact bytes of the body as sent (after compression) with the API key.',
  },
  unknown_app: {
    status: 401,
    title: 'No such app',
    meaning: 'The appId in the body is not registered here.',
  },
  app_suspended: { status: 403, title: 'The app is suspended', meaning: 'Ask the operator of the server.' },
  origin_not_allowed: {
    status: 403,
    title: 'The origin is not allowed',
    meaning: 'Add the page’s origin to the app’s allowed origins.',
  },
  not_found: {
    status: 404,
    title: 'Not found',
    meaning: 'No such route, or nothing with this id in this app.',
  },
  method_not_allowed: { status: 405, title: 'Method not allowed', meaning: 'See the Allow header.' },
  body_too_large: {
    status: 413,
    title: 'The body is too large',
    meaning: 'Send at most 1 MiB, 5 MiB unzipped; halve the batch and send again.',
  },
  too_many_events: {
    status: 413,
    title: 'Too many events in one request',
    meaning: 'Send at most 1,000 events; halve the batch and send again.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'The content type is not taken here',
    meaning: 'Send application/json (browser routes: or text/plain holding JSON).',
  },
  unsupported_encoding: {
    status: 415,
    title: 'The content encoding is not taken here',
    meaning: 'Send gzip or no Content-Encoding.',
  },
  rate_limited: { status: 429, title: 'Too many requests', meaning: 'Wait as long as Retry-After says.' },
  internal_error: {
    status: 500,
    title: 'The server failed',
    meaning: 'Nothing is known of the events: send the same request again.',
  },
  unavailable: {
    status: 503,
    title: 'The server cannot take events now',
    meaning: 'Nothing was stored: wait as long as Retry-After says and send the same request again.',
  },
} as const satisfies Record<string, { status: number; title: string; meaning: string }>

/** The code of a refused request. */
export type ErrorCode = keyof typeof ERROR_CODES

/** Every code with which one event of a batch is refused, and what is wrong. The batch's good events are stored. */
export const EVENT_ERROR_CODES = {
  event_not_object: 'The event is not a JSON object.',
  invalid_event_id: 'eventId is not a UUID of version 7.',
  invalid_event_type: 'eventType is not 1 to 128 characters without control characters.',
  invalid_timestamp: 'timestamp is not an ISO-8601 date-time with a time zone.',
  invalid_description: 'description is not text of at most 1,024 characters.',
  invalid_event_data: 'eventData is not a JSON object, or is nested deeper than 32 levels.',
  event_data_too_large: 'eventData takes more than 32 KiB encoded.',
  invalid_context:
    'context is not a JSON object, is nested deeper than 32 levels, or one of its known fields is malformed.',
  context_too_large: 'context takes more than 32 KiB encoded.',
  invalid_identifier: 'identifier, or one of its fields, is malformed.',
  missing_identifier: 'identifier has none of profileId, userId, email and sessionId.',
  unknown_profile: 'identifier names a profileId that this app never had.',
} as const

/** The code of one refused event. */
export type EventErrorCode = keyof typeof EVENT_ERROR_CODES
