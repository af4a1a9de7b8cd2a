import type { DeviceStorage } from './device-storage'

/** Whether the person lets the app report what they do; kept on the device, and the same in all tabs. */
export interface Consent {
  /** Whether nothing may be reported. */
  readonly isOut: boolean
  set(isOut: boolean): void
}

/**
 * Makes it.
 *
 * @param hasSignal - Whether the browser asks in the person's name for privacy. What the person told the app itself outranks that.
 */
export function createConsent(storage: DeviceStorage, hasSignal: () => boolean): Consent {
  return {
    get isOut() {
      const said = storage.get('consent')
      return said === null ? hasSignal() : said === 'out'
    },
    set: (isOut) => storage.set('consent', isOut ? 'out' : 'in'),
  }
}

/** Global Privacy Control, where the browser has it. Source: https://www.w3.org/TR/gpc/ */
export function hasPrivacySignal(): boolean {
  return (navigator as { globalPrivacyControl?: unknown }).globalPrivacyControl === true
}
