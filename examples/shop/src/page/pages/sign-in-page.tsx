import { useState, type SubmitEvent } from 'react'
import { Navigate, useLocation } from 'react-router'
import { Page } from '../page'
import { useVisitor } from '../visitor'

export function SignInPage() {
  const { account, signIn } = useVisitor()
  const [isAsking, setAsking] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const from = cameFrom(useLocation().state)
  if (account !== null) return <Navigate to={from} replace />

  async function submit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => {
      const value = form.get(name)
      return typeof value === 'string' ? value : ''
    }
    setAsking(true)
    setFailure(null)
    try {
      await signIn({ name: text('name'), email: text('email'), password: text('password') })
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error))
      setAsking(false)
    }
  }

  return (
    <Page title="Sign in" className="narrow">
      <h1>Sign in, or join</h1>
      <p>The first time makes your account. It is forgotten when this shop is closed.</p>
      <form className="form" onSubmit={(event) => void submit(event)}>
        <label>
          Name
          <input name="name" autoComplete="name" required maxLength={80} />
        </label>
        <label>
          Email
          <input name="email" type="email" autoComplete="email" required maxLength={254} />
        </label>
        <label>
          Password
          <input
            name="password"
            type="password"
            autoComplete="current-password"
            required
            minLength={6}
            maxLength={200}
            aria-describedby="password-hint"
          />
          <span id="password-hint" className="hint">
            6 characters or more
          </span>
        </label>
        <p role="alert" className="failure">
          {failure}
        </p>
        <button type="submit" className="button button--wide" disabled={isAsking}>
          {isAsking ? 'One moment …' : 'Sign in'}
        </button>
      </form>
    </Page>
  )
}

/** Where the visitor was sent here from. */
function cameFrom(state: unknown): string {
  const isKnown = typeof state === 'object' && state !== null && 'from' in state
  return isKnown && typeof state.from === 'string' ? state.from : '/'
}
