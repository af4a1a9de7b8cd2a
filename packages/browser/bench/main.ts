// `npm run bench:browser`: the figures of the browser SDK that have a limit, and the same of its peers.
import { messageOf, runBenchmark, type Run } from '../../../scripts/bench/benchmark'
import { startCollector } from '../../../scripts/bench/collector'
import { bundle } from '../test/integration/bundle'
import { measureCalls } from './figures/calls'
import { measureLongTasks } from './figures/long-tasks'
import { measureRequests } from './figures/requests'
import { measureSize } from './figures/size'
import { measureStart } from './figures/start'
import { bundlePeer } from './peers'
import type { Setup } from './setup'
import { openSite, type Site } from './site'
import { ARUNIKA, NOTHING, PEERS, type Subject } from './subjects'

const PAGE = `
  import { reporting } from './bench/page'
  globalThis.report = reporting`

await runBenchmark<Setup>({
  name: 'browser',
  purpose: 'Measures the browser SDK against its limits, and beside its peers, in a real Chromium.',
  parts: {
    size: measureSize,
    calls: measureCalls,
    tasks: measureLongTasks,
    start: measureStart,
    requests: measureRequests,
  },
  maxMinutes: 8,
  async open(run) {
    const { site, subjects } = await openSubjects(run)
    const collector = await startCollector()
    return {
      setup: { ...run, subjects, site, collector },
      close() {
        collector.stop()
        site.stop()
      },
    }
  },
})

/** Bundles ours and the peers; one that cannot be had is a problem, and the others are compared. */
async function openSubjects({ problems }: Run): Promise<{ site: Site; subjects: Subject[] }> {
  const scripts = new Map([['page', await bundle(PAGE, { format: 'iife' })]])
  for (const subject of [ARUNIKA, NOTHING]) scripts.set(subject.name, await bundleOurs(subject))
  const subjects = [ARUNIKA]
  for (const peer of PEERS) {
    try {
      scripts.set(peer.name, await bundlePeer(peer, peer.bench))
      subjects.push(peer)
    } catch (error) {
      problems.push(`${peer.name} is not compared: ${messageOf(error)}`)
    }
  }
  return { site: await openSite(scripts), subjects }
}

/** Minified but for the names, by which the traces tell what a task was. */
function bundleOurs(subject: Subject): Promise<string> {
  return bundle(subject.bench, { minifySyntax: true, minifyWhitespace: true, format: 'iife' })
}
