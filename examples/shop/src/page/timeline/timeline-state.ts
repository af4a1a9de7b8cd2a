import type { Activity, User } from '@arunika/protocol'
import type { TimelineMessage } from '../../timeline-message'

/** The visitor's timeline as far as the page has heard of it. */
export interface TimelineState {
  link: 'connecting' | 'live' | 'reconnecting'
  user: User | null
  /** Oldest first. */
  activities: Activity[]
  /** The events that were anonymous until just now: the page shows how they join. */
  justJoined: ReadonlySet<string>
}

export const EMPTY_TIMELINE: TimelineState = {
  link: 'connecting',
  user: null,
  activities: [],
  justJoined: new Set(),
}

/** What changes a timeline. */
export type TimelineAction = TimelineMessage | { type: 'lost' } | { type: 'left' }

/** The timeline after a message. However often, and in whatever order, events arrive, it is the same. */
export function timelineAfter(state: TimelineState, action: TimelineAction): TimelineState {
  switch (action.type) {
    case 'left':
      return EMPTY_TIMELINE
    case 'lost':
      return { ...state, link: 'reconnecting' }
    case 'link':
      return { ...state, link: action.live ? 'live' : 'reconnecting' }
    case 'timeline':
      return merge({ ...state, user: action.user }, action.activities)
    case 'activity':
      return merge(state, [action.activity])
  }
}

function merge(state: TimelineState, arrived: Activity[]): TimelineState {
  const activities = new Map(state.activities.map((activity) => [activity.eventId, activity]))
  const justJoined = new Set<string>()
  for (const activity of arrived) {
    const former = activities.get(activity.eventId)
    if (former?.profileId === null && activity.profileId !== null) justJoined.add(activity.eventId)
    activities.set(activity.eventId, activity)
  }
  return {
    ...state,
    activities: [...activities.values()].sort(byTime),
    justJoined: justJoined.size > 0 ? justJoined : state.justJoined,
  }
}

/** Arunika's own order: by time, then by id. */
function byTime(a: Activity, b: Activity): number {
  return compare(a.timestamp, b.timestamp) || compare(a.eventId, b.eventId)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
