import type { Account } from '../shop-api'

/** One browser that uses the shop. */
export interface Visitor {
  /** Secret: it is the value of the cookie. */
  readonly id: string
  /** The session that `@arunika/browser` has given to the page. */
  sessionId: string
  account: Account | null
}

/** The visitors whom the shop remembers; beyond them the one who came first is forgotten. */
const MAX_VISITORS = 10_000

/** The browsers that use the shop, each with an Arunika session of its own. */
export class Visitors {
  readonly #byId = new Map<string, Visitor>()
  readonly #bySession = new Map<string, Visitor>()

  find(id: string): Visitor | undefined {
    return this.#byId.get(id)
  }

  /**
   * The visitor with the session that they have now, known from now on if they were not; `null` where the session is another's,
   * whose events they must not see.
   */
  enter(id: string, sessionId: string): Visitor | null {
    const owner = this.#bySession.get(sessionId)
    if (owner !== undefined) return owner.id === id ? owner : null
    const visitor = this.#byId.get(id) ?? { id, sessionId, account: null }
    this.#bySession.delete(visitor.sessionId)
    visitor.sessionId = sessionId
    this.#byId.set(id, visitor)
    this.#bySession.set(sessionId, visitor)
    this.#forgetOldest()
    return visitor
  }

  #forgetOldest(): void {
    for (const oldest of this.#byId.values()) {
      if (this.#byId.size <= MAX_VISITORS) return
      this.#byId.delete(oldest.id)
      this.#bySession.delete(oldest.sessionId)
    }
  }
}
