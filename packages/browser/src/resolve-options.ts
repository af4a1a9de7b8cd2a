import {
  checkInteger,
  MAX_TIMER_MS,
  OptionsError,
  refuseUnknownOptions,
  resolveClientOptions,
  type ResolvedClientOptions,
} from '@arunika/core'
import type { ArunikaOptions } from './options'
import { maskSecrets } from './sanitize-url'

/** The options with their defaults. */
export interface ResolvedOptions
  extends
    ResolvedClientOptions,
    Required<Pick<ArunikaOptions, 'beforeSend'>>,
    Record<'autoPageViews' | 'respectPrivacySignal' | 'sessionCookie', boolean> {
  identifyTimeoutMs: number
  sanitizeUrl: (url: string) => string
}

const DEFAULTS = { maxWaitingEvents: 10_000, maxWaitingBytes: 8_388_608 }

/** Fills the defaults in. @throws OptionsError where an option is wrong or unknown; the message says what to pass. */
export function resolveOptions(options: ArunikaOptions): ResolvedOptions {
  const shared = resolveClientOptions(options, DEFAULTS)
  const { identifyTimeoutMs = 10_000, sanitizeUrl = maskSecrets, beforeSend } = options
  const resolved = {
    ...shared,
    identifyTimeoutMs: checkInteger('identifyTimeoutMs', identifyTimeoutMs, 0, MAX_TIMER_MS),
    sanitizeUrl: check('sanitizeUrl', sanitizeUrl, 'function'),
    beforeSend: beforeSend && check('beforeSend', beforeSend, 'function'),
    autoPageViews: check('autoPageViews', options.autoPageViews ?? false, 'boolean'),
    respectPrivacySignal: check('respectPrivacySignal', options.respectPrivacySignal ?? false, 'boolean'),
    sessionCookie: check('sessionCookie', options.sessionCookie ?? false, 'boolean'),
  }
  refuseUnknownOptions(options, resolved)
  return resolved
}

function check<Value>(name: string, value: Value, type: 'boolean' | 'function'): Value {
  if (typeof value !== type) throw new OptionsError(name, `must be a ${type}`)
  return value
}
