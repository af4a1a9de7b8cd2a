// The libraries that the benchmarks compare ours with. They are installed when a benchmark first needs them, each in a folder of
// its own beside the caches, so that neither an install of the workspace nor another peer waits for them.
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from './run.mjs'
import { root } from './workspace.mjs'

/** Exactly these versions: figures of another day must be comparable. */
const PEERS = {
  '@amplitude/analytics-browser': '2.46.0',
  '@amplitude/analytics-node': '1.5.73',
  '@hookflo/tern': '4.1.0',
  '@octokit/webhooks': '14.2.0',
  '@rudderstack/rudder-sdk-node': '3.0.13',
  '@segment/analytics-next': '1.84.3',
  '@segment/analytics-node': '3.1.0',
  '@snowplow/browser-tracker': '4.10.1',
  mixpanel: '0.24.0',
  'mixpanel-browser': '2.83.0',
  'posthog-js': '1.449.2',
  'posthog-node': '5.70.0',
  standardwebhooks: '1.1.1',
  stripe: '23.1.0',
  svix: '2.5.0',
}

const QUIETLY = ['--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock', '--loglevel', 'error']

/**
 * Installs a peer where it is not yet.
 *
 * @param {keyof typeof PEERS} name
 * @returns {Promise<{ folder: string, version: string }>} where a bundler finds it, and which it is
 * @throws StepError when npm cannot install it
 */
export async function installPeer(name) {
  const version = PEERS[name]
  const peer = `${name}@${version}`
  const folder = join(root, 'node_modules/.cache/arunika/bench-peers', peer.replaceAll('/', '-'))
  const stamp = join(folder, 'installed')
  if (!existsSync(stamp)) {
    // What an interrupted install has left would be taken for whole.
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    await run(`install ${peer}`, 'npm', ['install', '--prefix', folder, '--save-exact', ...QUIETLY, peer])
    await writeFile(stamp, '')
  }
  return { folder, version }
}
