/** A request that cannot be met: the status, and a sentence that the page may show to the visitor. */
export class Refusal extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}
