import { Link } from 'react-router'
import { EmptyLamp } from '../empty-lamp'
import { Page } from '../page'

export function NotFoundPage() {
  return (
    <Page title="Not found" className="narrow empty">
      <EmptyLamp />
      <h1>Too dark to see anything</h1>
      <p>There is no page at this address.</p>
      <Link to="/" className="button">
        See the lamps
      </Link>
    </Page>
  )
}
