import { refuseUnknownOptions, resolveClientOptions, type GivenEvent } from '@arunika/core'
import type { ArunikaOptions } from './options'
import { maskSecrets } from './sanitize-url'

const DEFAULTS = {
  maxWaitingEvents: 10_000,
  maxWaitingBytes: 8_388_608,
  identifyTimeoutMs: 10_000,
  autoPageViews: false,
  sanitizeUrl: maskSecrets,
  beforeSend: (event: GivenEvent): GivenEvent | null => event,
  respectPrivacySignal: false,
  sessionCookie: false,
}

/** The options with their defaults. */
export type ResolvedOptions = ReturnType<typeof resolveOptions>

/** Fills the defaults in. @throws OptionsError where an option is wrong or unknown; the message says what to pass. */
export function resolveOptions(options: ArunikaOptions) {
  const resolved = resolveClientOptions(options, DEFAULTS)
  refuseUnknownOptions(options, resolved)
  return resolved
}
