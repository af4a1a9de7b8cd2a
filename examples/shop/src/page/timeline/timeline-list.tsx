import { useLayoutEffect, useRef } from 'react'
import { timelineEntries } from './timeline-entries'
import { TimelineItem } from './timeline-item'
import type { TimelineState } from './timeline-state'

/** How far from the end a reader still counts as being at the end, in pixels. */
const NEAR_PX = 80

/** The events, oldest first, as they happened; whoever reads at the end stays there when more arrive. */
export function TimelineList({ activities, justJoined, link }: Omit<TimelineState, 'user'>) {
  const list = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)

  useLayoutEffect(() => {
    if (isAtEnd.current) list.current?.scrollTo({ top: list.current.scrollHeight })
  }, [activities])

  return (
    <div
      ref={list}
      className="timeline__scroll"
      tabIndex={0}
      role="log"
      aria-label="Events, oldest first"
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_PX
      }}
    >
      {activities.length === 0 && (
        <p className="timeline__empty">
          {link === 'live'
            ? 'Nothing yet. What you do in the shop appears here as soon as Arunika has stored it.'
            : 'Waiting for Arunika. What you do meanwhile is kept in this browser, and sent when it is back.'}
        </p>
      )}
      <ol>
        {timelineEntries(activities).map((entry) => (
          <TimelineItem
            key={entry.activity.eventId}
            entry={entry}
            isJoining={justJoined.has(entry.activity.eventId)}
          />
        ))}
      </ol>
    </div>
  )
}
