import { Client } from 'pg'
import { sql } from 'kysely'
import { isPostgres } from './dialect'
import type { Trx } from './writer'

const CHANNEL = 'arunika_live'

/** How long to wait before a lost connection is made again, in milliseconds. */
const RETRY_MS = 1_000

/** Tells the other processes, once this transaction is committed, that there is something new for streams. */
export async function notifyOthers(trx: Trx): Promise<void> {
  if (isPostgres(trx)) await sql`select pg_notify(${CHANNEL}, '')`.execute(trx)
}

/**
 * Calls back when a process has committed something for streams, this one among them, and when that may have gone unheard: the
 * connection was lost and is there again. Gives what ends it.
 *
 * @param onError - Told each time that the connection is lost or cannot be made; it is tried again.
 */
export function listenToOthers(
  url: string,
  onNotice: () => void,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let client: Client | undefined
  let retry: NodeJS.Timeout | undefined
  let isClosed = false

  function connect(): void {
    const own = new Client({
      connectionString: url,
      application_name: 'arunika-server streams',
      keepAlive: true,
    })
    client = own
    own.on('notification', onNotice)
    own.on('error', onError) // 'end' follows
    own.once('end', again)
    own
      .connect()
      .then(() => own.query(`listen ${CHANNEL}`))
      .then(onNotice, (error: unknown) => {
        if (!isClosed) onError(error)
        own.end().catch(onError)
      })
  }

  function again(): void {
    if (isClosed) return
    clearTimeout(retry)
    retry = setTimeout(connect, RETRY_MS)
    retry.unref()
  }

  connect()
  return async () => {
    isClosed = true
    clearTimeout(retry)
    await client?.end().catch(() => undefined)
  }
}
