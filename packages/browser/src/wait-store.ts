import type { SavedWait, WaitStore } from '@arunika/core'
import { fieldsOf, type DeviceStorage } from './device-storage'

/** The wait after a failure, shared by the tabs and kept across page loads: many reloads must not become many tries. */
export function createWaitStore(storage: DeviceStorage): WaitStore {
  return {
    load() {
      const { failures, endsAt, waitMs, isAsked } = fieldsOf(storage.get('wait'))
      const isWait = [failures, endsAt, waitMs].every(Number.isFinite)
      return isWait ? ({ failures, endsAt, waitMs, isAsked: isAsked === true } as SavedWait) : null
    },
    save: (wait) => storage.set('wait', wait && JSON.stringify(wait)),
  }
}
