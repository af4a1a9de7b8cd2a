import { createContext, use, useEffect, useReducer, useState, type ReactNode } from 'react'
import { useLocation } from 'react-router'
import type { Account, SignIn, VisitorAnswer } from '../shop-api'
import { arunika } from './arunika'
import { askShop } from './ask-shop'
import { followTimeline } from './timeline/follow-timeline'
import { EMPTY_TIMELINE, timelineAfter, type TimelineState } from './timeline/timeline-state'

/** Who uses the page, and what Arunika has of them. */
interface Visitor {
  account: Account | null
  timeline: TimelineState
  /** @throws Error whose message can be shown. */
  signIn: (form: SignIn) => Promise<void>
  signOut: () => Promise<void>
}

const VisitorContext = createContext<Visitor | null>(null)

/** The visitor. @throws TypeError outside of {@link VisitorProvider}. */
export function useVisitor(): Visitor {
  const visitor = use(VisitorContext)
  if (visitor === null) throw new TypeError('useVisitor needs a VisitorProvider around it')
  return visitor
}

/** Keeps who the visitor is, and follows their timeline: one for each Arunika session. */
export function VisitorProvider({ children }: { children: ReactNode }) {
  const [account, setAccount] = useState<Account | null>(null)
  const [sessionId, setSessionId] = useState(() => arunika.sessionId)
  const [timeline, change] = useReducer(timelineAfter, EMPTY_TIMELINE)
  const { pathname } = useLocation()

  // After half an hour without a visit the SDK begins a new session.
  useEffect(() => setSessionId(arunika.sessionId), [pathname])

  useEffect(() => {
    const stop = followTimeline({
      onVisitor: setAccount,
      onMessage: change,
      onLost: () => change({ type: 'lost' }),
    })
    return () => {
      stop()
      change({ type: 'left' })
    }
  }, [sessionId])

  async function signIn(form: SignIn): Promise<void> {
    const answer = await askShop<{ account: Account }>('POST', '/api/sign-in', form)
    const { userId, email, name } = answer.account
    // Kept and sent like any event, so nobody has to wait for it.
    void arunika.identify({ userId, email, name })
    setSessionId(arunika.sessionId)
    setAccount(answer.account)
  }

  async function signOut(): Promise<void> {
    await askShop<VisitorAnswer>('POST', '/api/sign-out')
    arunika.reset()
    setSessionId(arunika.sessionId)
    setAccount(null)
  }

  return <VisitorContext value={{ account, timeline, signIn, signOut }}>{children}</VisitorContext>
}
