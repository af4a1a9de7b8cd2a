/**
 * The commands that the store sends, as the Redis documentation has them: whoever runs one, it is whole before the next.
 * Anything else is an error.
 */
export class FakeRedis {
  readonly #values = new Map<string, { value: string; expiresMs: number }>()
  #nowMs = 0

  advance(ms: number): void {
    this.#nowMs += ms
  }

  async send([name, ...args]: readonly string[]): Promise<unknown> {
    await Promise.resolve()
    if (name === 'GET' && args.length === 1) return this.#get(args[0]!)
    if (name === 'SET') return this.#set(args[0]!, args[1]!, args.slice(2))
    if (name === 'EVAL' && args.length === 4 && args[0]!.includes("redis.call('DEL', KEYS[1])")) {
      if (this.#get(args[2]!) !== args[3]) return 0
      return Number(this.#values.delete(args[2]!))
    }
    throw new Error(`ERR unknown command or wrong arguments: ${String(name)}`)
  }

  #get(key: string): string | null {
    const entry = this.#values.get(key)
    return entry === undefined || entry.expiresMs <= this.#nowMs ? null : entry.value
  }

  #set(key: string, value: string, options: string[]): 'OK' | null {
    const isNew = options[0] === 'NX'
    const [px, ms, ...others] = isNew ? options.slice(1) : options
    if (px !== 'PX' || !/^[1-9]\d*$/.test(ms ?? '') || others.length > 0) throw new Error('ERR syntax error')
    if (isNew && this.#get(key) !== null) return null
    this.#values.set(key, { value, expiresMs: this.#nowMs + Number(ms) })
    return 'OK'
  }
}
