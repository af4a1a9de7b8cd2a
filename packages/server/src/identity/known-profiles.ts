import type { IdentifierKey } from '@arunika/protocol'
import { isOneOf } from '../store/json-rows'
import type { Trx } from '../store/writer'

/** The identifiers that some profile ids were given out for; one that this app never had is left out. */
export async function knownProfiles(
  trx: Trx,
  appId: string,
  profileIds: string[],
): Promise<Map<string, IdentifierKey>> {
  if (profileIds.length === 0) return new Map()
  const rows = await trx
    .selectFrom('identifiers')
    .select(['profile_id', 'key'])
    .where('app_id', '=', appId)
    .where(isOneOf(trx, 'profile_id', profileIds))
    .execute()
  return new Map(rows.map((row) => [row.profile_id ?? '', row.key as IdentifierKey]))
}
