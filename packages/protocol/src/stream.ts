import type { Activity } from './activity'
import type { User } from './profile'

/** A message of `GET /api/stream`. `seq` grows by app and is never given twice: pass the last one as `since` to resume. */
export type StreamMessage =
  | { seq: number; event: 'user_created'; data: User }
  | { seq: number; event: 'user_updated'; data: User }
  | { seq: number; event: 'user_activity'; data: Activity }
