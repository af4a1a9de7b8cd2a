import { median, round, type Findings } from '../../../../scripts/bench/figure'
import type { Setup } from '../setup'
import type { Subject } from '../subject'
import { OURS_UNPARSED } from '../subjects/ours'
import { standardHeaders } from '../subjects/standard'
import { timeCalls } from '../time-calls'

const MAX_COST = 1.1
/** So many that a difference of a nanosecond would show: a wrong byte at the front against one at the end. */
const TRIES = 100_000
/** Beyond this a t-test finds a difference, at one chance in a hundred thousand. */
const MAX_T = 4.5

/** What a header full of signatures costs, and whether the time of a refusal tells where a signature is wrong. */
export async function measureSignatures(setup: Setup): Promise<Findings> {
  setup.progress('signatures: 16 against 1')
  const body = Buffer.from(JSON.stringify({ type: 'order.shipped', data: { text: 'x'.repeat(2_000) } }))
  const many: Subject = { ...OURS_UNPARSED, name: '16 signatures', headersFor: sixteen }
  const rounds = setup.isQuick ? { rounds: 3, roundMs: 20 } : { rounds: 31, roundMs: 40 }
  const times = await timeCalls([OURS_UNPARSED, many], body, rounds)
  const [one = NaN, all = NaN] = times.values()

  setup.progress('signatures: timing')
  const t = Math.abs(timing(body, setup.isQuick ? TRIES / 10 : TRIES))
  return {
    figures: [
      {
        name: '16 signatures, of the cost of one',
        value: round(all / one, 3),
        unit: 'times',
        limit: MAX_COST,
      },
      { name: 'a wrong first byte against a wrong last byte, t', value: round(t, 2), unit: '', limit: MAX_T },
    ],
    tables: [],
  }
}

/** The right one is the last. */
function sixteen(body: Buffer): Record<string, string> {
  const headers = standardHeaders(body)
  const wrong = Array.from({ length: 15 }, (_, index) => `v1,${Buffer.alloc(32, index).toString('base64')}`)
  return { ...headers, 'webhook-signature': [...wrong, headers['webhook-signature']].join(' ') }
}

/** Welch's t of the two kinds of refusals, in turn; of the faster nine tenths, since what the machine does beside is not theirs. */
function timing(body: Buffer, tries: number): number {
  const headers = standardHeaders(body)
  const right = Buffer.from(headers['webhook-signature']?.slice(3) ?? '', 'base64')
  const wrongAt = (at: number): Record<string, string> => {
    const wrong = Buffer.from(right)
    wrong[at] = (wrong[at] ?? 0) ^ 0xff
    return { ...headers, 'webhook-signature': `v1,${wrong.toString('base64')}` }
  }
  const [first, last] = [wrongAt(0), wrongAt(right.length - 1)]
  const times: [number[], number[]] = [[], []]
  for (let index = 0; index < tries; index++) {
    // By chance, so that no rhythm of the machine is one kind's alone.
    const kind = Math.random() < 0.5 ? 0 : 1
    const started = process.hrtime.bigint()
    try {
      OURS_UNPARSED.verify(body, kind === 0 ? first : last)
    } catch {
      times[kind].push(Number(process.hrtime.bigint() - started))
    }
  }
  const [a, b] = times.map(faster).map(moments) as [Moments, Moments]
  return (a.mean - b.mean) / Math.sqrt(a.variance / a.count + b.variance / b.count)
}

function faster(times: number[]): number[] {
  const limit = median(times) * 2
  return times.filter((time) => time < limit)
}

interface Moments {
  mean: number
  variance: number
  count: number
}

function moments(times: number[]): Moments {
  const count = times.length
  const mean = times.reduce((sum, time) => sum + time, 0) / count
  const variance = times.reduce((sum, time) => sum + (time - mean) ** 2, 0) / (count - 1)
  return { mean, variance, count }
}
