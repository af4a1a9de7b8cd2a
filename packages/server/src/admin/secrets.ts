import { createHash, randomBytes } from 'node:crypto'

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** 32 random bytes as a number in base62: always 43 characters, 256 bits. */
export function randomBase62(): string {
  let number = BigInt(`0x${randomBytes(32).toString('hex')}`)
  let text = ''
  for (let i = 0; i < 43; i++) {
    text = BASE62.charAt(Number(number % 62n)) + text
    number /= 62n
  }
  return text
}

/** A new app id: 22 characters after the prefix, of 128 bits and more. */
export function newAppId(): string {
  return `app_${randomBase62().slice(-22)}`
}

/** A new API key. */
export function newApiKey(mode: 'live' | 'test'): string {
  return `sk_${mode}_${randomBase62()}`
}

/** A new operator token. */
export function newOperatorToken(): string {
  return `op_${randomBase62()}`
}

/** What is stored of a secret. A secret of 256 random bits needs no salt and no slow hash. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
