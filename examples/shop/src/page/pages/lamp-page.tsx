import { Link, useParams } from 'react-router'
import { findLamp, LAMPS } from '../../catalog'
import { money } from '../../money'
import { AddButton } from '../add-button'
import { LampPicture } from '../lamp-picture'
import { Page } from '../page'
import { NotFoundPage } from './not-found-page'

export function LampPage() {
  const { lampId } = useParams()
  const lamp = findLamp(lampId)
  if (lamp === undefined) return <NotFoundPage />
  const later = LAMPS[LAMPS.indexOf(lamp) + 1]
  return (
    <Page title={lamp.name} className="lamp">
      <div className="lamp__picture">
        <LampPicture id={lamp.id} />
      </div>
      <div className="lamp__words">
        <p className="eyebrow">
          {lamp.hour} · {lamp.kind}
        </p>
        <h1>{lamp.name}</h1>
        <p className="lamp__line">{lamp.line}</p>
        <p>{lamp.story}</p>
        <dl className="facts">
          <div>
            <dt>Colour</dt>
            <dd>{lamp.kelvin} K</dd>
          </div>
          <div>
            <dt>Light</dt>
            <dd>{lamp.lumens} lm</dd>
          </div>
          <div>
            <dt>Made of</dt>
            <dd>{lamp.material}</dd>
          </div>
        </dl>
        <div className="lamp__buy">
          <span className="price">{money(lamp.priceCents)}</span>
          <AddButton lamp={lamp} />
        </div>
        {later && (
          <p className="lamp__next">
            Up later? <Link to={`/lamps/${later.id}`}>{later.name}</Link> is made for {later.hour}.
          </p>
        )}
      </div>
    </Page>
  )
}
