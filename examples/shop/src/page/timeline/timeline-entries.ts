import type { Activity } from '@arunika/protocol'

/**
 * How an event came to its person: `anonymous` has none yet, `joined` was reported before the visitor signed in and became theirs
 * with it, `known` was theirs from the start.
 */
export type Belonging = 'anonymous' | 'joined' | 'known'

/** An event of a timeline, and what its neighbours make of it. */
export interface TimelineEntry {
  activity: Activity
  belonging: Belonging
  /** How many events before the sign-in by which it joined. */
  stepsToSignIn: number
  /** Of a sign-in: how many events joined by it. */
  joined: number
}

/** Reads a timeline, oldest first, by what each browser session says of itself: the first time it says who it is counts. */
export function timelineEntries(activities: Activity[]): TimelineEntry[] {
  const signIns = new Map<string | null, number>()
  for (const [place, { eventType, sessionId }] of activities.entries()) {
    if (eventType === 'user_identified' && !signIns.has(sessionId)) signIns.set(sessionId, place)
  }
  const entries = activities.map((activity, place): TimelineEntry => {
    const steps = (signIns.get(activity.sessionId) ?? 0) - place
    const isEarly = activity.source === 'browser' && steps > 0
    const belonging = activity.profileId === null ? 'anonymous' : isEarly ? 'joined' : 'known'
    return { activity, belonging, stepsToSignIn: Math.max(steps, 0), joined: 0 }
  })
  for (const { activity, belonging } of entries) {
    const signIn = entries[signIns.get(activity.sessionId) ?? -1]
    if (belonging === 'joined' && signIn) signIn.joined++
  }
  return entries
}
