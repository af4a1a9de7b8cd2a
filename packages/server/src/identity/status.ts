import type { UserStatus } from '@arunika/protocol'
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
  const value = JSON.stringify(change.status)
  await recordAttributes(trx, appId, [
    { key: root, event_id: change.eventId, name: 'status', value, at: change.at },
  ])
  await refreshUsers(trx, appId, { touched: new Map([[root, change.at]]), linked: new Set() })
}
