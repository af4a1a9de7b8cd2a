/**
 * What the payload of an event is checked by: any validator that follows Standard Schema 1, such as those of zod, valibot
 * and arktype.
 *
 * @example
 * const schema: StandardSchema<{ orderId: string }> = z.object({ orderId: z.string() })
 */
export interface StandardSchema<Output = unknown> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (
      value: unknown,
      ...rest: never[]
    ) => StandardResult<Output> | Promise<StandardResult<Output>>
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined
  }
}

/** A value, or what is wrong with it. */
type StandardResult<Output> =
  { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly StandardIssue[] }

interface StandardIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/** A schema for each of some types of events. */
export type EventSchemas = Readonly<Record<string, StandardSchema>>

/** The data of each type, as its schema gives it. */
export type EventsOf<Schemas extends EventSchemas> = {
  [Type in keyof Schemas & string]: Schemas[Type] extends StandardSchema<infer Output> ? Output : never
}

export function isStandardSchema(value: unknown): value is StandardSchema {
  // Those of arktype are functions.
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false
  const standard = (value as Record<string, unknown>)['~standard']
  return typeof (standard as Partial<StandardSchema['~standard']> | undefined)?.validate === 'function'
}
