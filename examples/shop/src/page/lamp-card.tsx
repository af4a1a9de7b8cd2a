import { Link } from 'react-router'
import type { Lamp } from '../catalog'
import { money } from '../money'
import { LampPicture } from './lamp-picture'

/** A lamp in the grid; the whole card leads to its page. */
export function LampCard({ lamp }: { lamp: Lamp }) {
  return (
    <article className="lamp-card">
      <LampPicture id={lamp.id} />
      <div className="lamp-card__words">
        <h3>
          <Link to={`/lamps/${lamp.id}`}>{lamp.name}</Link>
        </h3>
        <p className="lamp-card__line">{lamp.line}</p>
        <p className="lamp-card__facts">
          <span>{lamp.hour}</span>
          <span>{money(lamp.priceCents)}</span>
        </p>
      </div>
    </article>
  )
}
