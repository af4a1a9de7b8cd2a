import { messageOf } from '../../../../scripts/bench/benchmark'
import { round, type Figure, type Findings, type Table } from '../../../../scripts/bench/figure'
import type { Setup } from '../setup'
import type { Subject } from '../subject'
import { BARE, BARE_PARSED } from '../subjects/bare'
import { OURS, OURS_ASYNC, OURS_UNPARSED } from '../subjects/ours'
import { timeCalls } from '../time-calls'

/** Where one property access shows, less is asked. */
const SIZES = [
  { name: '200 B', bytes: 200, parsed: 0.85, unparsed: 0.75 },
  { name: '2 KB', bytes: 2_048, parsed: 0.95, unparsed: 0.85 },
  { name: '64 KB', bytes: 65_536, parsed: 0.95, unparsed: 0.85 },
  { name: '1 MB', bytes: 1_048_000, parsed: 0.95, unparsed: 0.85 },
]
const MAX_PROMISE_US = 1

/** A call of each, at several sizes of the body. */
export async function measureSpeed(setup: Setup): Promise<Findings> {
  const figures: Figure[] = []
  const tables: Table[] = []
  const rounds = setup.isQuick ? { rounds: 3, roundMs: 20 } : { rounds: 21, roundMs: 60 }
  for (const { name, bytes, parsed, unparsed } of SIZES) {
    setup.progress(`speed: ${name}`)
    const subjects = [BARE_PARSED, OURS, BARE, OURS_UNPARSED, OURS_ASYNC]
    const times = await timeCalls([...subjects, ...working(setup, bodyOf(bytes))], bodyOf(bytes), rounds)
    const of = (subject: Subject) => times.get(subject) ?? NaN
    const ratio = (label: string, bare: Subject, ours: Subject, limit: number): Figure => ({
      name: `${label} at ${name}`,
      value: round(of(bare) / of(ours), 2),
      unit: 'of bare',
      limit,
      bound: 'least',
      note: `${round(of(ours), 2)} µs, bare ${round(of(bare), 2)} µs`,
    })
    figures.push(ratio('verifySync with parse', BARE_PARSED, OURS, parsed))
    figures.push(ratio('verifySync without parse', BARE, OURS_UNPARSED, unparsed))
    figures.push({
      name: `verify, beyond verifySync, at ${name}`,
      value: round(of(OURS_ASYNC) - of(OURS_UNPARSED), 2),
      unit: 'µs',
      // A body of a megabyte takes so long that a microsecond cannot be seen.
      limit: Math.max(MAX_PROMISE_US, of(OURS_UNPARSED) * 0.02),
    })
    tables.push({
      title: `A delivery of ${name} (µs a call)`,
      rows: Array.from(times, ([subject, us]) => ({
        subject: subject.name,
        µs: round(us, 2),
        'of bare, parsed': round(of(BARE_PARSED) / us, 2),
      })),
    })
  }
  return { figures, tables }
}

/** Peers that verify a delivery at all; one that does not is a problem, and the others are compared. */
function working({ peers, problems }: Setup, body: Buffer): Subject[] {
  return peers.filter((peer) => {
    try {
      const result = peer.verify(body, peer.headersFor(body))
      if (result instanceof Promise)
        result.catch((error: unknown) => problems.push(`${peer.name}: ${messageOf(error)}`))
      return true
    } catch (error) {
      problems.push(`${peer.name} is not compared: ${messageOf(error)}`)
      return false
    }
  })
}

function bodyOf(bytes: number): Buffer {
  const items: object[] = []
  const make = () =>
    Buffer.from(
      JSON.stringify({ type: 'order.shipped', timestamp: '2026-01-31T09:30:00.000Z', data: { items } }),
    )
  for (let size = make().length; size < bytes - 60; size += 61) {
    items.push({ id: 1_000_000 + items.length, name: 'Teh melati, 100 g', price: 19.9, n: 1 })
  }
  return make()
}
