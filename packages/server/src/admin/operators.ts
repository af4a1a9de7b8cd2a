import type { Services } from '../services'
import type { Db } from '../store/open-database'
import type { Writer } from '../store/writer'
import { hashOf, newOperatorToken } from './secrets'

/** @throws TypeError where a token is one that can be guessed, or that no header can carry. */
export function checkOperatorToken(token: string): void {
  if (!/^[\x21-\x7e]{16,256}$/.test(token)) {
    throw new TypeError('The operator token must be 16 to 256 ASCII characters without spaces')
  }
}

/**
 * Makes the first operator token where there is none, and returns it once. A token that is given (by the environment) is
 * registered instead, and not returned.
 */
export async function ensureOperator(
  { db, writer, now }: Pick<Services, 'db' | 'writer' | 'now'>,
  given: string | undefined,
): Promise<string | null> {
  if (given !== undefined) {
    await register(writer, given, now())
    return null
  }
  const existing = await db.selectFrom('operators').select('token_hash').limit(1).executeTakeFirst()
  if (existing) return null
  return createOperator({ writer, now })
}

/** Makes an operator token, beside those that there are. It is given this once. */
export async function createOperator({ writer, now }: Pick<Services, 'writer' | 'now'>): Promise<string> {
  const token = newOperatorToken()
  await register(writer, token, now())
  return token
}

/** Whether a token is an operator's. Its hash is looked up, so the time taken tells nothing of the token. */
export async function isOperator(db: Db, token: string): Promise<boolean> {
  const row = await db
    .selectFrom('operators')
    .select('token_hash')
    .where('token_hash', '=', hashOf(token))
    .executeTakeFirst()
  return row !== undefined
}

async function register(writer: Writer, token: string, createdAt: number): Promise<void> {
  await writer.write((trx) =>
    trx
      .insertInto('operators')
      .values({ token_hash: hashOf(token), created_at: createdAt })
      .onConflict((conflict) => conflict.column('token_hash').doNothing())
      .execute(),
  )
}
