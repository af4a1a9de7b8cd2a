import type { Activity, Page, User } from '@arunika/protocol'
import type { Config } from './config'

/** The latest events that a visitor is shown. */
const MAX_EVENTS = 100

/** How long Arunika may take to answer, in milliseconds. */
const TIMEOUT_MS = 5_000

/** Reads from Arunika's server. Its routes need the API key, which is why the page does not ask them itself. */
export class ArunikaReader {
  readonly #config: Config

  constructor(config: Config) {
    this.#config = config
  }

  /** The events of one browser session, newest first. */
  async sessionEvents(sessionId: string): Promise<Activity[]> {
    const query = new URLSearchParams({ sessionId, limit: String(MAX_EVENTS) })
    return (await this.#get<Page<Activity>>(`/api/activities?${query}`)).items
  }

  /** A person's events, newest first: of all their browsers, and of every server. */
  async timeline(profileId: string): Promise<Activity[]> {
    const query = new URLSearchParams({ limit: String(MAX_EVENTS) })
    const path = `/api/users/${encodeURIComponent(profileId)}/timeline`
    return (await this.#get<Page<Activity>>(`${path}?${query}`)).items
  }

  /** The person who has this id in the shop; `null` while Arunika has not heard of them. */
  async findUser(userId: string): Promise<User | null> {
    const query = new URLSearchParams({ search: userId })
    const { items } = await this.#get<Page<User>>(`/api/users?${query}`)
    return items.find((user) => user.userId === userId) ?? null
  }

  async #get<Answer>(path: string): Promise<Answer> {
    const { endpoint, appId, apiKey } = this.#config
    const response = await fetch(endpoint + path, {
      headers: { 'X-App-ID': appId, 'X-API-Key': apiKey },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (!response.ok) throw new Error(`Arunika answered GET ${path} with ${response.status}`)
    return (await response.json()) as Answer
  }
}
