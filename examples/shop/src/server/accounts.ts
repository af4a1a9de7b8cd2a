import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Account, SignIn } from '../shop-api'

const deriveKey = promisify<string, Buffer, number, Buffer>(scrypt)

interface StoredAccount {
  account: Account
  salt: Buffer
  key: Buffer
}

/** Who has joined the shop, for as long as this process lives. */
export class Accounts {
  readonly #byEmail = new Map<string, StoredAccount>()

  /** Signs in; the first time makes the account. `null` where the password is another. */
  async signIn({ name, email, password }: SignIn): Promise<{ account: Account; isNew: boolean } | null> {
    const known = this.#byEmail.get(email)
    const salt = known?.salt ?? randomBytes(16)
    const key = await deriveKey(password, salt, 32)
    if (this.#byEmail.get(email) !== known) return this.signIn({ name, email, password }) // made meanwhile
    if (known !== undefined) {
      return timingSafeEqual(key, known.key) ? { account: known.account, isNew: false } : null
    }
    const account = { userId: userIdOf(email), email, name }
    this.#byEmail.set(email, { account, salt, key })
    return { account, isNew: true }
  }
}

/** The same for the same email after a restart, since Arunika remembers people for longer than this process does. */
function userIdOf(email: string): string {
  return `customer_${createHash('sha256').update(email).digest('hex').slice(0, 12)}`
}
