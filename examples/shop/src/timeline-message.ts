import type { Activity, User } from '@arunika/protocol'

/** What `GET /api/my-timeline` sends, as Server-Sent Events. */
export type TimelineMessage =
  /** Whether the backend hears Arunika's stream now. */
  | { type: 'link'; live: boolean }
  /** The visitor as Arunika knows them, and their latest events, oldest first. */
  | { type: 'timeline'; user: User | null; activities: Activity[] }
  /** One event, just stored. */
  | { type: 'activity'; activity: Activity }
