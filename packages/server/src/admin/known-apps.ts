import type { App } from '@arunika/protocol'
import type { Database } from '../store/open-database'
import { appOfKey, findApp } from './apps'
import { hashOf } from './secrets'

/** Keys and ids that are remembered, of strangers' too: above it all are forgotten. */
const MAX_KNOWN = 10_000

/**
 * The apps that callers name, each read once and then remembered until something changes in the database: a key that is
 * revoked is refused at once, also where another process has done it.
 */
export class KnownApps {
  readonly #database: Pick<Database, 'reading' | 'version'>
  #known = new Map<string, Promise<App | null>>()
  #version: unknown

  constructor(database: Pick<Database, 'reading' | 'version'>) {
    this.#database = database
  }

  /** The app of a key that is registered and not revoked. */
  ofKey(apiKey: string): Promise<App | null> {
    const hash = hashOf(apiKey)
    return this.#find(hash, () => appOfKey(this.#database.reading, hash))
  }

  /** The app of an id. */
  byId(appId: string): Promise<App | null> {
    return this.#find(appId, () => findApp(this.#database.reading, appId))
  }

  /** To be called when this process has committed. */
  forget(): void {
    this.#known.clear()
  }

  #find(key: string, read: () => Promise<App | null>): Promise<App | null> {
    const version = this.#database.version()
    if (version !== this.#version || this.#known.size >= MAX_KNOWN) this.forget()
    this.#version = version
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const found = read()
    this.#known.set(key, found)
    found.catch(() => this.#known.delete(key)) // and the caller hears of it
    return found
  }
}
