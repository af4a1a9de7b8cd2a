import type Database from 'libsql'

/** A parcel on its way. */
export interface Shipment {
  orderId: string
  carrier: string
}

/** Keeps what was shipped. */
export class Shipments {
  readonly #database: Database.Database

  constructor(database: Database.Database) {
    this.#database = database
  }

  /** By order, so that an event which comes again after a crash changes nothing. */
  add({ orderId, carrier }: Shipment, eventId: string): void {
    this.#database
      .prepare('INSERT INTO shipments (order_id, carrier, event_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
      .run(orderId, carrier, eventId)
  }

  all(): Shipment[] {
    return this.#database
      .prepare('SELECT order_id AS orderId, carrier FROM shipments ORDER BY order_id')
      .all() as Shipment[]
  }
}
