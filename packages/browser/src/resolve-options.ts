import { checkInteger, MAX_TIMER_MS, refuseUnknownOptions, resolveClientOptions } from '@arunika/core'
import type { ArunikaOptions } from './options'

/** The options with their defaults. */
export type ResolvedOptions = { [Name in keyof ArunikaOptions]-?: NonNullable<ArunikaOptions[Name]> }

const DEFAULTS = { maxWaitingEvents: 10_000, maxWaitingBytes: 8_388_608 }

/** Fills the defaults in. @throws OptionsError where an option is wrong or unknown; the message says what to pass. */
export function resolveOptions(options: ArunikaOptions): ResolvedOptions {
  const shared = resolveClientOptions(options, DEFAULTS)
  const identifyTimeoutMs = options.identifyTimeoutMs ?? 10_000
  const resolved = {
    ...shared,
    identifyTimeoutMs: checkInteger('identifyTimeoutMs', identifyTimeoutMs, 0, MAX_TIMER_MS),
  }
  refuseUnknownOptions(options, resolved)
  return resolved
}
