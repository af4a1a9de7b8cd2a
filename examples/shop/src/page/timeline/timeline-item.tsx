import type { CSSProperties } from 'react'
import { describeActivity } from './describe-activity'
import type { Belonging, TimelineEntry } from './timeline-entries'

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' })

const BELONGING_WORDS: Record<Belonging, string | null> = {
  anonymous: 'anonymous',
  joined: 'joined',
  known: null,
}

/** One event: what, when, from which side, and whether it was anonymous. */
export function TimelineItem({
  entry: { activity, belonging, stepsToSignIn, joined },
  isJoining,
}: {
  entry: TimelineEntry
  /** Whether it is becoming its person's right now: the light reaches the events nearest to the sign-in first. */
  isJoining: boolean
}) {
  const { title, detail } = describeActivity(activity)
  return (
    <li
      className="event"
      data-source={activity.source === 'browser' ? 'browser' : 'server'}
      data-belonging={belonging}
      data-joining={isJoining || undefined}
      style={{ '--steps': stepsToSignIn } as CSSProperties}
    >
      {joined > 0 && (
        <p className="event__horizon">
          <span>
            {joined} anonymous {joined === 1 ? 'event' : 'events'} joined
          </span>
        </p>
      )}
      <div className="event__what">
        <span className="event__title">{title}</span>
        <time dateTime={activity.timestamp}>{clock.format(new Date(activity.timestamp))}</time>
      </div>
      <div className="event__how">
        <span className="event__source">{activity.source}</span>
        <code>{activity.eventType}</code>
        <span className="event__detail">{detail}</span>
        {BELONGING_WORDS[belonging] && <span className="event__belonging">{BELONGING_WORDS[belonging]}</span>}
      </div>
    </li>
  )
}
