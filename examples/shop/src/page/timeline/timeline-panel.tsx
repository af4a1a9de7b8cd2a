import { useEffect, useState } from 'react'
import { useVisitor } from '../visitor'
import { describeActivity } from './describe-activity'
import { LinkStatus } from './link-status'
import { nextStep } from './next-step'
import { TimelineList } from './timeline-list'

/** The visitor's own timeline: beside the shop where there is room, else in a sheet at the bottom edge. */
export function TimelinePanel() {
  const { account, timeline } = useVisitor()
  const [isOpen, setOpen] = useState(false)
  const { activities, link, user, justJoined } = timeline
  const latest = activities.at(-1)

  useEffect(() => {
    if (!isOpen) return
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') setOpen(false)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [isOpen])

  return (
    <>
      {isOpen && <div className="scrim" onClick={() => setOpen(false)} />}
      <aside
        className="timeline"
        aria-label="Your timeline"
        data-open={isOpen || undefined}
        data-known={user !== null || undefined}
      >
        <button
          type="button"
          className="timeline__handle"
          aria-expanded={isOpen}
          aria-controls="timeline-body"
          onClick={() => setOpen(!isOpen)}
        >
          <span className="timeline__handle-words">
            <strong>Your timeline</strong>
            <span className="timeline__handle-link" data-link={link}>
              <span>{latest ? describeActivity(latest).title : 'Nothing yet'}</span>
            </span>
          </span>
          <span key={activities.length} className="timeline__count">
            {activities.length}
            <span className="visually-hidden"> events</span>
          </span>
          <svg className="timeline__chevron" viewBox="0 0 16 16" aria-hidden="true">
            <path
              d="m3 10.5 5-5 5 5"
              fill="none"
              stroke="currentColor"
              strokeWidth="2"
              strokeLinecap="round"
            />
          </svg>
        </button>
        <div id="timeline-body" className="timeline__body">
          <header className="timeline__header">
            <div className="timeline__title">
              <h2>Your timeline</h2>
              <LinkStatus link={link} />
            </div>
            <p className="timeline__person">
              <strong>{user ? (user.name ?? user.email) : (account?.name ?? 'An anonymous visitor')}</strong>
              <span>{user?.email ?? account?.email ?? 'Known by this browser’s session alone'}</span>
              <code>{user?.profileId ?? 'no profile yet'}</code>
            </p>
          </header>
          <TimelineList activities={activities} justJoined={justJoined} link={link} />
          <footer className="timeline__footer">
            {activities.length > 0 && <p className="timeline__next">{nextStep(activities)}</p>}
            <p>What you see is what Arunika has stored, as its server streams it.</p>
          </footer>
        </div>
      </aside>
    </>
  )
}
