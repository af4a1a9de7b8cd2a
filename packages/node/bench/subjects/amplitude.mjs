import { createRequire } from 'node:module'
import { propertiesOf, TYPE, userOf } from './event.mjs'

export async function start({ folder, endpoint, settings }) {
  const amplitude = createRequire(`${folder}/`)('@amplitude/analytics-node')
  await amplitude.init('key', { serverUrl: `${endpoint}/2/httpapi`, ...settings }).promise
  return {
    log: (index) => void amplitude.track(TYPE, propertiesOf(index), { user_id: userOf(index) }),
    flush: () => amplitude.flush().promise,
  }
}
