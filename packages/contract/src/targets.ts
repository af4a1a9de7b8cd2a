import type { TargetStarter } from './target'
import { mswHandlers } from './targets/msw-handlers'
import { postgresServer } from './targets/postgres-server'
import { sqliteServer } from './targets/sqlite-server'

/** Whose answers are compared with every other target's: the one that costs nothing to ask. */
export const REFERENCE: TargetStarter = mswHandlers

/** Everything that the contract is run against. */
export const TARGETS: readonly TargetStarter[] = [mswHandlers, sqliteServer, postgresServer]
