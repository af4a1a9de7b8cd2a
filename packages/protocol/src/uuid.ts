const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

/**
 * True of a UUID of version 7 in its text form, in either case.
 *
 * @example
 * isUuidV7(crypto.randomUUID()) // false: that is version 4
 */
export function isUuidV7(value: unknown): value is string {
  return typeof value === 'string' && value.length === 36 && UUID_V7.test(value)
}

/** Where {@link createUuidV7} takes its time and its randomness from. */
export interface UuidV7Source {
  /** Milliseconds since the epoch. @defaultValue `Date.now` */
  now?: () => number
  /** Fills the array with random bytes. @defaultValue `crypto.getRandomValues` */
  fillRandom?: (bytes: Uint8Array) => void
}

/**
 * Makes a generator of UUIDv7 that never goes back: within a millisecond, and while the clock stands behind where it was, the
 * 42 bits after the time count upwards from a random start; where they run over, the time moves on by one millisecond.
 *
 * Source: RFC 9562, section 5.7, with the counter of section 6.2, method 1.
 *
 * @example
 * const uuid = createUuidV7()
 * uuid() < uuid() // true
 */
export function createUuidV7(source: UuidV7Source = {}): () => string {
  const { now = Date.now, fillRandom = (bytes: Uint8Array) => void crypto.getRandomValues(bytes) } = source
  // Randomness costs by the call more than by the byte.
  const random = new Uint8Array(200 * RANDOM_BYTES)
  const bits = new DataView(random.buffer)
  let at = random.length
  let tick: Tick = { ms: -1, counter: 0 }

  return function uuidV7(): string {
    if (at === random.length) {
      fillRandom(random)
      at = 0
    }
    // The counter's top bit starts at zero, so that at least 2^41 ids fit before it runs over.
    const start = (bits.getUint16(at) & 0x7ff) * LOW_END + (bits.getUint32(at + 2) & (LOW_END - 1))
    const tail = bits.getUint32(at + 6)
    at += RANDOM_BYTES
    tick = nextTick(tick, clampToUnsigned48(now()), start)
    const { ms, counter } = tick
    const high = 0x7000 + Math.floor(counter / LOW_END)
    const low = 0x8000_0000 + (counter % LOW_END)
    const time = `${hex16(ms / 2 ** 32)}${hex16(ms / 2 ** 16)}-${hex16(ms)}`
    return `${time}-${hex16(high)}-${hex16(low / 2 ** 16)}-${hex16(low)}${hex16(tail / 2 ** 16)}${hex16(tail)}`
  }
}

/** The bytes of randomness of one id: six where its counter starts, four at its end. */
const RANDOM_BYTES = 10

const HEX = /* @__PURE__ */ Array.from({ length: 256 }, (_, byte) => (256 + byte).toString(16).slice(1))

/** The last 16 bits of a number. From a table, since an id is made for each event. */
function hex16(value: number): string {
  return `${HEX[(value >> 8) & 255]}${HEX[value & 255]}`
}

/** The counter's lower 30 bits follow the variant; its upper 12 are rand_a. */
const LOW_END = 2 ** 30
const COUNTER_END = 2 ** 42

/** The part of an id that orders it. */
interface Tick {
  ms: number
  counter: number
}

/** The tick of the next id: always after the last one, whatever the clock says. */
export function nextTick(last: Tick, nowMs: number, start: number): Tick {
  const { ms, counter } = last
  if (nowMs > ms) return { ms: nowMs, counter: start }
  return counter + 1 < COUNTER_END ? { ms, counter: counter + 1 } : { ms: ms + 1, counter: 0 }
}

function clampToUnsigned48(ms: number): number {
  return Number.isFinite(ms) ? Math.trunc(Math.min(Math.max(ms, 0), 0xffffffffffff)) : 0
}
