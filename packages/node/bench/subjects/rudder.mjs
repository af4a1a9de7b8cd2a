import { createRequire } from 'node:module'
import { setImmediate } from 'node:timers/promises'
import { propertiesOf, TYPE, userOf } from './event.mjs'

export function start({ folder, endpoint, settings }) {
  const RudderAnalytics = createRequire(`${folder}/`)('@rudderstack/rudder-sdk-node')
  const rudder = new RudderAnalytics('key', { dataPlaneUrl: endpoint, logLevel: 'silent', ...settings })
  let waiting = 0
  const answered = () => waiting--
  return {
    log(index) {
      waiting++
      rudder.track({ userId: userOf(index), event: TYPE, properties: propertiesOf(index) }, answered)
    },
    // One flush sends one batch.
    async flush() {
      while (waiting > 0) {
        await rudder.flush()
        await setImmediate()
      }
    },
  }
}
