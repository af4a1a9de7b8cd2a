import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useCart } from './cart'
import { useVisitor } from './visitor'

/** The shop's name, the cart, and who is here. */
export function Header() {
  const { count } = useCart()
  const { account, signOut } = useVisitor()
  const navigate = useNavigate()
  const [failure, setFailure] = useState<string | null>(null)

  async function leave(): Promise<void> {
    await navigate('/')
    try {
      await signOut()
      setFailure(null)
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error))
    }
  }

  return (
    <header className="header">
      <Link to="/" className="brand">
        <svg viewBox="0 0 32 24" aria-hidden="true">
          <path d="M6 17a10 10 0 0 1 20 0z" fill="currentColor" />
          <path d="M1 21.5h30" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" />
        </svg>
        Small Hours
      </Link>
      <nav aria-label="Shop">
        {account ? (
          <button
            type="button"
            className="link-button"
            onClick={() => void leave()}
            title={`Signed in as ${account.email}`}
          >
            Sign out
          </button>
        ) : (
          <Link to="/sign-in">Sign in</Link>
        )}
        <Link
          to="/cart"
          className="cart-link"
          aria-label={`Cart, ${count} ${count === 1 ? 'lamp' : 'lamps'}`}
        >
          Cart
          <span key={count} className="cart-link__count" aria-hidden="true">
            {count}
          </span>
        </Link>
      </nav>
      <p role="alert" className="failure header__failure">
        {failure}
      </p>
    </header>
  )
}
