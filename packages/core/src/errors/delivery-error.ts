import { ArunikaError } from './arunika-error'

/** All codes of a {@link DeliveryError}. */
export const DELIVERY_ERROR_CODES = [
  'network_failed',
  'server_failed',
  'answer_malformed',
  'credentials_refused',
  'retry_later',
  'closed',
] as const

/** A code of a {@link DeliveryError}. */
export type DeliveryErrorCode = (typeof DELIVERY_ERROR_CODES)[number]

/**
 * Why events could not be delivered for now. They stay in the outbox.
 *
 * - `network_failed`: no answer came (offline, refused, timed out).
 * - `server_failed`: the server answered 408, 429 or 5xx.
 * - `answer_malformed`: something answered that is not an Arunika server: a proxy, a captive portal, a redirect.
 * - `credentials_refused`: the server does not take the API key, or the app is suspended (Node).
 * - `retry_later`: the server asked to wait, and the wait is not over.
 * - `closed`: the client was closed before every event was answered.
 *
 * @example
 * await arunika.flush().catch((error) => {
 *   if (error instanceof DeliveryError) console.warn(error.code, error.status)
 * })
 */
export class DeliveryError extends ArunikaError {
  override readonly name = 'DeliveryError'
  declare readonly code: DeliveryErrorCode
  /** The HTTP status of the answer, or `null` where none came. */
  readonly status: number | null

  constructor(
    code: DeliveryErrorCode,
    message: string,
    options: ErrorOptions & { status?: number | null } = {},
  ) {
    super(code, message, options)
    this.status = options.status ?? null
  }
}
