import type { Lab } from './lab'

declare global {
  var tellTaken: (eventIds: string[]) => Promise<void>
}

/**
 * The ids of the events that were taken: each is there from the moment in which the transaction that keeps it is complete. In
 * pages of the present browser that are opened from now on.
 */
export async function watchTransactions({ context }: Lab, taken = new Set<string>()): Promise<Set<string>> {
  await context.exposeFunction('tellTaken', (eventIds: string[]) => {
    for (const eventId of eventIds) taken.add(eventId)
  })
  await context.addInitScript(() => {
    type Put = (this: IDBObjectStore, record: unknown, key: string) => IDBRequest
    // Wherever they are in the record, whose form is the client's own affair.
    const idsIn = (record: unknown) =>
      Array.from(JSON.stringify(record).matchAll(/"eventId\\*":\\*"([^"\\]+)/g), ([, id = '']) => id)
    const stores = IDBObjectStore.prototype as { put: Put }
    const { put } = stores
    stores.put = function (record, key) {
      const tell = () => void tellTaken(idsIn(record))
      this.transaction.addEventListener('complete', tell)
      return put.call(this, record, key)
    }
  })
  return taken
}
