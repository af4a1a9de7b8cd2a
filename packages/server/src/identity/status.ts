import type { UserStatus } from '@arunika/protocol'
import { appendToLog } from '../live/live-log'
import { lockApps } from '../store/lock-apps'
import type { Trx } from '../store/writer'
import { recordAttributes } from './attributes'
import { refreshUsers } from './users'

/** Sets a person's status: the latest change counts, also after a merge. */
export async function setStatus(
  trx: Trx,
  appId: string,
  root: string,
  change: { at: number; eventId: string; status: UserStatus },
): Promise<void> {
  await lockApps(trx, [appId])
  const value = JSON.stringify(change.status)
  await recordAttributes(trx, appId, [
    { key: root, event_id: change.eventId, name: 'status', value, at: change.at },
  ])
  const entries = await refreshUsers(trx, appId, {
    changed: new Set([root]),
    seen: new Set(),
    linked: new Set(),
  })
  await appendToLog(trx, appId, entries)
}
