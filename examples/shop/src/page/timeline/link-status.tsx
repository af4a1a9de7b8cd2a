import type { TimelineState } from './timeline-state'

const WORDS: Record<TimelineState['link'], string> = {
  connecting: 'Connecting',
  live: 'Live',
  reconnecting: 'Reconnecting',
}

/** Whether the page hears of new events now. */
export function LinkStatus({ link }: { link: TimelineState['link'] }) {
  return (
    <span className="link-status" data-link={link} role="status">
      {WORDS[link]}
    </span>
  )
}
