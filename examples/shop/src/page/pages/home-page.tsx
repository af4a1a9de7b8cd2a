import { LAMPS } from '../../catalog'
import { Hero } from '../hero'
import { LampCard } from '../lamp-card'
import { Page } from '../page'

export function HomePage() {
  return (
    <Page title="All lamps">
      <Hero />
      <section className="lamps" aria-label="All lamps">
        {LAMPS.map((lamp) => (
          <LampCard key={lamp.id} lamp={lamp} />
        ))}
      </section>
    </Page>
  )
}
