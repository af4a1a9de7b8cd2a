import type { StreamMessage } from '@arunika/protocol'
import { findActivities } from '../query/activities'
import { findUser } from '../query/users'
import type { Db } from '../store/open-database'

/** The number of the last message of an app; `0` where there is none. */
export async function lastSeq(db: Db, appId: string): Promise<number> {
  const row = await db
    .selectFrom('live_log')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .where('app_id', '=', appId)
    .executeTakeFirst()
  return row?.seq ?? 0
}

/**
 * The messages of an app after a number, oldest first. The log says what happened and to whom; the data are as they are now,
 * so that an activity carries the person that it has been linked to since.
 */
export async function readLog(
  db: Db,
  appId: string,
  since: number,
  limit: number,
): Promise<{ messages: StreamMessage[]; lastSeq: number }> {
  const rows = await db
    .selectFrom('live_log')
    .selectAll()
    .where('app_id', '=', appId)
    .where('seq', '>', since)
    .orderBy('seq')
    .limit(limit)
    .execute()
  const eventIds = rows.filter((row) => row.event === 'user_activity').map((row) => row.ref)
  const activities = await findActivities(db, appId, eventIds)
  const messages: StreamMessage[] = []
  for (const { seq, event, ref } of rows) {
    if (event === 'user_activity') {
      const data = activities.get(ref)
      if (data) messages.push({ seq, event, data })
    } else {
      const found = await findUser(db, ref)
      if (found) messages.push({ seq, event, data: found.user })
    }
  }
  return { messages, lastSeq: rows.at(-1)?.seq ?? since }
}
