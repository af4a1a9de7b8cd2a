import { checkFunction, checkOptions } from './check-options'
import { resolveTimes, type IdempotencyTimes } from './idempotency-options'
import type { ClaimOutcome, DeliveryClaim, IdempotencyStore } from './idempotency-store'

/** The options of {@link redisIdempotency}. */
export interface RedisIdempotencyOptions extends IdempotencyTimes {
  /**
   * Sends one command, and resolves to its reply, as text or a Buffer. Of node-redis: `(command) => client.sendCommand(command)`; of ioredis:
   * `([name, ...args]) => redis.call(name, ...args)`.
   */
  send: (command: [string, ...string[]]) => Promise<unknown>
  /**
   * What stands before each key.
   *
   * @defaultValue `'arunika:'`
   */
  prefix?: string
}

/** Takes a key from nobody but this very claim. */
const RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"

/**
 * Remembers deliveries in Redis (2.6.12 and later) or whatever speaks its protocol, shared by all processes. A claim is
 * one `SET NX PX`, and times are of the server's clock.
 *
 * What Redis loses is handled again: let it keep its data on disk, and evict nothing (`noeviction`).
 *
 * @throws TypeError where an option is missing, wrong or unknown.
 * @example
 * createReceiver({ provider, idempotency: redisIdempotency({ send: (command) => client.sendCommand(command) }) })
 */
export function redisIdempotency(options: RedisIdempotencyOptions): IdempotencyStore {
  const owner = 'redisIdempotency'
  checkOptions(owner, options, { send: true, prefix: true, ttlSeconds: true, leaseSeconds: true })
  const { send, prefix = 'arunika:' } = options
  checkFunction(
    `${owner}: send`,
    send,
    'that sends a command, such as (command) => client.sendCommand(command)',
  )
  if (typeof prefix !== 'string') throw new TypeError(`${owner}: prefix must be text.`)
  const { ttlMs, leaseMs } = resolveTimes(owner, options)

  function claimOf(key: string, bodyHash: string, running: string): DeliveryClaim {
    return {
      leaseMs,
      commit: async () => {
        await send(['SET', key, `done ${bodyHash}`, 'PX', milliseconds(ttlMs)])
      },
      release: async () => {
        await send(['EVAL', RELEASE, '1', key, running])
      },
    }
  }

  return {
    durable: true,
    async claim(name, bodyHash): Promise<ClaimOutcome> {
      const key = prefix + name
      const running = `running ${bodyHash} ${crypto.randomUUID()}`
      const set = await send(['SET', key, running, 'NX', 'PX', milliseconds(leaseMs)])
      if (String(set) === 'OK') return { state: 'claimed', claim: claimOf(key, bodyHash, running) }
      const [state, hash] = String(await send(['GET', key])).split(' ')
      // It ended between the two commands: the sender comes again, and finds what it became.
      if (hash === undefined) return { state: 'running' }
      if (hash !== bodyHash) return { state: 'conflict' }
      return { state: state === 'done' ? 'done' : 'running' }
    },
  }
}

function milliseconds(value: number): string {
  return String(Math.ceil(value))
}
