// `npm run bench:node`: the figures of the Node SDK that have a limit, and the same of its peers.
import { fileURLToPath } from 'node:url'
import { messageOf, runBenchmark, type Run } from '../../../scripts/bench/benchmark'
import { buildOurs } from '../../../scripts/bench/build'
import { startCollector } from '../../../scripts/bench/collector'
import { installPeer } from '../../../scripts/bench/peers'
import { measureDefaults } from './figures/defaults'
import { measureInstall } from './figures/install'
import { measureThroughput } from './figures/throughput'
import type { Installed, Setup } from './setup'
import { OURS, PEERS, RAW, SPOOLED } from './subjects'

const PACKAGE = fileURLToPath(new URL('../', import.meta.url))

await runBenchmark<Setup>({
  name: 'node',
  purpose: 'Measures the Node SDK against its limits, and beside its peers, over loopback.',
  parts: { install: measureInstall, throughput: measureThroughput, defaults: measureDefaults },
  maxMinutes: 6,
  async open(run) {
    await buildOurs(['node'])
    const peers = await installPeers(run)
    const ours = [OURS, SPOOLED, RAW].map((subject) => ({ subject, folder: PACKAGE }))
    const collector = await startCollector()
    return { setup: { ...run, collector, installed: [...ours, ...peers] }, close: () => collector.stop() }
  },
})

/** One that cannot be had is a problem, and the others are compared. */
async function installPeers({ problems }: Run): Promise<Installed[]> {
  const installed: Installed[] = []
  for (const subject of PEERS) {
    try {
      const { folder } = await installPeer(subject.peer ?? '')
      installed.push({ subject, folder })
    } catch (error) {
      problems.push(`${subject.name} is not compared: ${messageOf(error)}`)
    }
  }
  return installed
}
