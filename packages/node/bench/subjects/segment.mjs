import { createRequire } from 'node:module'
import { propertiesOf, TYPE, userOf } from './event.mjs'

export function start({ folder, endpoint, settings }) {
  const { Analytics } = createRequire(`${folder}/`)('@segment/analytics-node')
  const analytics = new Analytics({ writeKey: 'key', host: endpoint, ...settings })
  return {
    log: (index) => analytics.track({ userId: userOf(index), event: TYPE, properties: propertiesOf(index) }),
    flush: () => analytics.closeAndFlush({ timeout: 60_000 }),
  }
}
