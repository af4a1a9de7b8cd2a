// The senders, in a process of their own, so that their work is not the server's.
import { answerApart } from '../apart'
import { openConnection } from './connection'
import { driveBusy, drivePaced, Tally } from './drive'
import type { Load, LoadOptions } from './load'
import { requestMaker } from './prepare-requests'

await answerApart<LoadOptions, Load>(async (options) => {
  const make = requestMaker(options)
  const warmUp = make(options.warmUpEvents)
  const requests = make(options.events)
  const connections = await Promise.all(
    Array.from({ length: options.connections }, () => openConnection(options.target.url)),
  )
  const tally = new Tally()
  const sends = connections.map(({ send }) => tally.over(send))
  await driveBusy(sends, warmUp)
  const used = process.cpuUsage()
  const { ms, latenciesMs } =
    options.requestsPerSecond === undefined
      ? await driveBusy(sends, requests)
      : await drivePaced(sends, requests, options.requestsPerSecond)
  const { user, system } = process.cpuUsage(used)
  for (const { close } of connections) close()
  latenciesMs.sort((a, b) => a - b)
  const { sent, accepted, problems } = tally
  return {
    perSecond: (options.events / ms) * 1_000,
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
    senderShare: (user + system) / 1_000 / ms,
    sent,
    accepted,
    problems: [...problems].slice(0, 3),
  }
})

function percentile(sorted: number[], share: number): number {
  return sorted[Math.min(Math.ceil(sorted.length * share), sorted.length) - 1] ?? NaN
}
