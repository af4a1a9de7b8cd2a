/**
 * What a map of event types must be: each key is a type, each value the metadata that events of it carry, or `undefined`
 * where they carry none.
 *
 * @example
 * interface ShopEvents {
 *   cart_opened: undefined
 *   payment_processed: { orderId: string; amount: number }
 * }
 */
export type EventMap<Events> = { [Type in keyof Events]: object | undefined }

/** The map of an app that does not say which types it has: any type, with any metadata or none. */
export type AnyEvents = Record<string, object | undefined>

/** The last arguments of `logActivity`: metadata may be left out only where the type's has no field that must be there. */
export type ActivityDetails<Metadata> = undefined extends Metadata
  ? [description?: string | undefined, metadata?: Metadata]
  : Partial<Metadata> extends Metadata
    ? [description?: string | undefined, metadata?: Metadata | undefined]
    : [description: string | undefined, metadata: Metadata]
