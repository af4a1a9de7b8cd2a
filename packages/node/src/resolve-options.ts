import {
  OptionsError,
  refuseUnknownOptions,
  resolveClientOptions,
  type ResolvedClientOptions,
} from '@arunika/core'
import { isApiKey } from '@arunika/protocol'
import type { ArunikaOptions } from './options'

/** The options with their defaults. */
export type ResolvedOptions = ResolvedClientOptions & Pick<ArunikaOptions, 'apiKey' | 'fetch'>

const DEFAULTS = { maxWaitingEvents: 100_000, maxWaitingBytes: 67_108_864 }

/** Fills the defaults in. @throws OptionsError where an option is wrong or unknown; its message never holds a value. */
export function resolveOptions(options: ArunikaOptions): ResolvedOptions {
  const { appId, ...shared } = resolveClientOptions(options, DEFAULTS)
  const { apiKey, fetch } = options
  if (!isApiKey(apiKey)) {
    throw new OptionsError('apiKey', 'must be an API key: sk_live_ or sk_test_ and 43 letters or digits')
  }
  if (fetch !== undefined && typeof fetch !== 'function') {
    throw new OptionsError('fetch', 'must be a function like the global fetch, or left out')
  }
  const resolved = { appId, apiKey, ...shared, fetch }
  refuseUnknownOptions(options, resolved)
  return resolved
}
