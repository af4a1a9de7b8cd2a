import { median } from '../../../scripts/bench/figure'
import type { Subject } from './subject'

/** One subject with a delivery for it. */
interface Prepared {
  call: () => unknown
  times: number[]
}

/**
 * The time of a call of each subject, in microseconds: rounds of many calls, each subject in turn, so that a busy minute of the machine is
 * not one subject's alone. Every other round goes backwards, since a subject leaves its garbage to the next. Medians of the rounds.
 */
export async function timeCalls(
  subjects: Subject[],
  body: Buffer,
  { rounds, roundMs }: { rounds: number; roundMs: number },
): Promise<Map<Subject, number>> {
  const prepared = new Map<Subject, Prepared>()
  for (const subject of subjects) {
    const headers = subject.headersFor(body)
    prepared.set(subject, { call: () => subject.verify(body, headers), times: [] })
  }
  const order = [...prepared.values()]
  // The first round is the engine's, to compile.
  for (let round = 0; round <= rounds; round++) {
    for (const { call, times } of order) {
      const us = await timeRound(call, roundMs)
      if (round > 0) times.push(us)
    }
    order.reverse()
  }
  return new Map(Array.from(prepared, ([subject, { times }]) => [subject, median(times)]))
}

/** By the time of the processor, since the clock on the wall counts what else the machine does. */
async function timeRound(call: () => unknown, roundMs: number): Promise<number> {
  const isAsync = call() instanceof Promise
  let calls = 0
  const start = performance.now()
  const used = process.cpuUsage()
  while (performance.now() - start < roundMs) {
    if (isAsync) for (let more = 0; more < 16; more++) await call()
    else for (let more = 0; more < 16; more++) call()
    calls += 16
  }
  const { user, system } = process.cpuUsage(used)
  return (user + system) / calls
}
