// `npm run bench:receiver`: the figures of the receiver that have a limit, and the same of its peers.
import { messageOf, runBenchmark } from '../../../scripts/bench/benchmark'
import { buildOurs } from '../../../scripts/bench/build'
import type { Setup } from './setup'
import type { Subject } from './subject'
import { PEERS } from './subjects/peers'

await runBenchmark<Setup>({
  name: 'receiver',
  purpose: 'Measures what verifying a webhook costs, against bare HMAC and beside other libraries.',
  parts: {
    // Later: they load what is built first.
    speed: async (setup) => (await import('./figures/speed')).measureSpeed(setup),
    signatures: async (setup) => (await import('./figures/signatures')).measureSignatures(setup),
  },
  maxMinutes: 6,
  async open(run) {
    await buildOurs(['receiver'])
    const peers: Subject[] = []
    for (const [name, load] of Object.entries(PEERS)) {
      try {
        peers.push(await load())
      } catch (error) {
        run.problems.push(`${name} is not compared: ${messageOf(error)}`)
      }
    }
    return { setup: { ...run, peers }, close: () => undefined }
  },
})
