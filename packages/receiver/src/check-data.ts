import { WebhookSchemaError, type PayloadIssue } from './errors/webhook-schema-error'
import type { EventSchemas } from './standard-schema'
import type { WebhookEvent } from './webhook-event'

/** An answer tells so many of the issues, so that it stays small. */
const MAX_ISSUES = 20

/**
 * The event with its data as the schema of its type gives it; as it is where there is none.
 *
 * @throws WebhookSchemaError where the schema refuses the data.
 */
export async function checkData(schemas: EventSchemas, event: WebhookEvent): Promise<WebhookEvent> {
  const schema = Object.hasOwn(schemas, event.type) ? schemas[event.type] : undefined
  if (schema === undefined) return event
  const result = await schema['~standard'].validate(event.data)
  if (result.issues === undefined) return { ...event, data: result.value }
  const issues = result.issues.slice(0, MAX_ISSUES).map(({ message, path = [] }): PayloadIssue => ({
    path: path.map((part) => (typeof part === 'object' ? part.key : part)).map(segmentOf),
    // The answer is JSON, which not every value can become.
    message: String(message as unknown),
  }))
  throw new WebhookSchemaError(event.type, issues)
}

function segmentOf(key: PropertyKey): string | number {
  return typeof key === 'number' ? key : String(key)
}
