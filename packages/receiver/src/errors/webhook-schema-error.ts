import { WebhookError } from './webhook-error'

/** What a schema found wrong. */
export interface PayloadIssue {
  /** Where in the event's data: the names and indices that lead there. */
  path: (string | number)[]
  message: string
}

/**
 * The provider signed the event, but its data is not of the form that the schema of its type asks for.
 *
 * @example
 * if (error instanceof WebhookSchemaError) console.warn(error.type, error.issues)
 */
export class WebhookSchemaError extends WebhookError {
  override readonly name = 'WebhookSchemaError'
  readonly code = 'schema_mismatch'
  /** The event's type. */
  readonly type: string
  readonly issues: readonly PayloadIssue[]

  constructor(type: string, issues: readonly PayloadIssue[]) {
    const places = issues.map(({ path }) => path.join('.') || 'itself').join(', ')
    super(`The data of ${type} is not of its schema: ${places}.`)
    this.type = type
    this.issues = issues
  }
}
