import { ArunikaError } from './arunika-error'

/**
 * Thrown at once where an option or an argument is wrong; the message says what to pass.
 *
 * @example
 * if (error instanceof OptionsError) console.error(`wrong configuration: ${error.message}`)
 */
export class OptionsError extends ArunikaError {
  override readonly name = 'OptionsError'
  /** The option or argument that is wrong. */
  readonly option: string

  constructor(option: string, message: string) {
    super('invalid_option', `${option} ${message}`)
    this.option = option
  }
}
