import {
  OptionsError,
  readFields,
  refuseUnknownOptions,
  resolveClientOptions,
  type ResolvedClientOptions,
} from '@arunika/core'
import { isApiKey, isObject } from '@arunika/protocol'
import type { ArunikaOptions } from './options'

/** The spool with its defaults. */
export interface ResolvedSpool {
  folder: string
  fsync: boolean
}

/** The options with their defaults. */
export type ResolvedOptions = ResolvedClientOptions &
  typeof DEFAULTS &
  Pick<ArunikaOptions, 'apiKey' | 'fetch'> & { spool: ResolvedSpool | undefined }

const DEFAULTS = { maxWaitingEvents: 100_000, maxWaitingBytes: 67_108_864, maxRequests: 4, gzip: true }

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
  const resolved = { appId, apiKey, ...shared, fetch, spool: resolveSpool(options.spool) }
  refuseUnknownOptions(options, resolved)
  return resolved
}

function resolveSpool(spool: unknown): ResolvedSpool | undefined {
  if (spool === undefined) return undefined
  if (typeof spool !== 'string' && !isObject(spool)) {
    throw new OptionsError('spool', 'must be the path of a folder, or { folder, fsync }')
  }
  const given = typeof spool === 'string' ? { folder: spool } : spool
  const { folder, fsync = false } = readFields('spool', given, ['folder', 'fsync'])
  if (typeof folder !== 'string' || folder === '') throw new OptionsError('spool', 'must name its folder')
  if (typeof fsync !== 'boolean') throw new OptionsError('spool.fsync', 'must be true or false')
  const resolved = { folder, fsync }
  refuseUnknownOptions(given, resolved)
  return resolved
}
