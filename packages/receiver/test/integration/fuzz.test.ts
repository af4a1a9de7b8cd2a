import { expect, it } from 'vitest'
import { WebhookVerificationError, verifySync } from '@arunika/receiver'
import { providerOf, requestOf, vectors } from '../support/presets'

/** `RECEIVER_FUZZ=1000000` for a long run. */
const RUNS = Number(process.env['RECEIVER_FUZZ'] ?? 100_000)
const SEED = Number(process.env['RECEIVER_FUZZ_SEED'] ?? 1)

/** A generator of numbers below a limit, the same for the same seed (mulberry32). */
function numbers(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
}

const pick = numbers(SEED)
const cases = vectors.map((vector) => ({ vector, provider: providerOf(vector), ...requestOf(vector) }))
const ODD = [
  '',
  ' ',
  ',',
  '=',
  '\0',
  'é',
  '\ud800',
  '{',
  '[',
  '"',
  'v1,',
  't=',
  ' v1,AAAA',
  '%',
  '\r\n',
  '٣',
  '9'.repeat(20),
]

function mutateText(text: string): unknown {
  const at = pick(text.length + 1)
  switch (pick(9)) {
    case 0:
      return text.slice(0, at) + String.fromCharCode(pick(300)) + text.slice(at + 1)
    case 1:
      return text.slice(0, at) + ODD[pick(ODD.length)]! + text.slice(at)
    case 2:
      return text.slice(0, at)
    case 3:
      return text.slice(at)
    case 4:
      return text + text
    case 5:
      return [text, text.slice(at)].slice(0, pick(3))
    case 6:
      return [undefined, null, 7, {}, [], true, Symbol('x'), () => text][pick(8)]
    case 7:
      return text.repeat(1 + pick(40))
    default:
      return text.toUpperCase()
  }
}

function mutateBytes(bytes: Uint8Array): unknown {
  const copy = Uint8Array.from(bytes)
  const at = pick(copy.length)
  switch (pick(8)) {
    case 0:
      return copy.subarray(at)
    case 1:
      return copy.subarray(0, at)
    case 2:
      return new TextDecoder().decode(copy)
    case 3:
      return Buffer.concat([copy, Buffer.from(ODD[pick(ODD.length)]!)])
    case 4:
      return [undefined, null, 7, {}, [], new ArrayBuffer(3), new DataView(new ArrayBuffer(2)), ''][pick(8)]
    case 5:
      copy.fill(pick(256), at, at + pick(9))
      return copy
    default:
      copy[at] = pick(256)
      return copy
  }
}

function mutateHeaders(headers: Record<string, string>): unknown {
  const names = Object.keys(headers)
  const changed: Record<string, unknown> = { ...headers }
  for (let count = 1 + pick(2); count > 0; count--) {
    const name = names[pick(names.length)]!
    changed[name] = mutateText(headers[name]!)
    if (pick(8) === 0) changed[name.toUpperCase()] = headers[name]
    if (pick(8) === 0) Reflect.deleteProperty(changed, name)
  }
  const form = pick(20)
  if (form === 0) return Object.entries(changed).flat()
  if (form === 1) return { get: (name: string) => changed[name] }
  return form === 2 ? [undefined, null, 'x', 7, [], () => null][pick(6)] : changed
}

it(
  `no request of ${RUNS} makes verification throw anything but its own error`,
  () => {
    let taken = 0
    for (let run = 0; run < RUNS; run++) {
      const { provider, request, now } = cases[run % cases.length]!
      const part = pick(3)
      const mutated = {
        ...request,
        ...(part !== 1 && { headers: mutateHeaders(request.headers) }),
        ...(part !== 0 && { body: mutateBytes(request.body) }),
        ...(pick(10) === 0 && {
          url: mutateText('https://example.com/hooks?a=1'),
          method: mutateText('POST'),
        }),
      }
      try {
        verifySync(provider, mutated as never, { now })
        taken++
      } catch (error) {
        if (!(error instanceof WebhookVerificationError)) {
          throw new Error(`run ${run} of seed ${SEED}, ${provider.name}`, { cause: error })
        }
      }
    }
    // Some mutations change nothing that is signed, such as the type of content; most do.
    expect(taken).toBeLessThan(RUNS / 3)
  },
  60_000 + RUNS / 5,
)
