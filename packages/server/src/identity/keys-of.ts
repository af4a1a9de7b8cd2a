import { sql, type RawBuilder } from 'kysely'

/** Somebody of an app. */
export interface Person {
  appId: string
  /** Their strongest identifier. */
  root: string
}

/** The identifiers of a person: the root, its emails, and the sessions of both. */
export function keysOf({ appId, root }: Person): RawBuilder<{ key: string }> {
  return sql`
    select key from identifiers where app_id = ${appId} and key = ${root}
    union all
    select key from identifiers where app_id = ${appId} and parent = ${root}
    union all
    select child.key from identifiers as email
    join identifiers as child on child.app_id = email.app_id and child.parent = email.key
    where email.app_id = ${appId} and email.parent = ${root}`
}
