import { createRequire } from 'node:module'
import { propertiesOf, TYPE, userOf } from './event.mjs'

export function start({ folder, endpoint, settings }) {
  const { PostHog } = createRequire(`${folder}/`)('posthog-node')
  const posthog = new PostHog('key', { host: endpoint, ...settings })
  return {
    log: (index) =>
      posthog.capture({ distinctId: userOf(index), event: TYPE, properties: propertiesOf(index) }),
    // `flush` sends only what has left its asynchronous preparation.
    flush: () => posthog.shutdown(60_000),
  }
}
