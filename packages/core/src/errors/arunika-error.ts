/**
 * The base of every error that Arunika's SDKs throw or report.
 *
 * @example
 * arunika.on('error', (error) => logger.warn({ code: error.code, cause: error.cause }, error.message))
 */
export class ArunikaError extends Error {
  override readonly name: string = 'ArunikaError'
  /** A stable word that programs may compare; listed in the package's documentation. */
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
