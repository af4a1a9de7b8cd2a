import type { ArunikaOptions } from '@arunika/node'
import type { TestContext } from 'vitest'
import type { Settings } from '../../../fixtures/numbered-events'
import { startReferenceServer, type ReferenceServer } from '../../../support/reference-server'
import { startProxy, type FaultyProxy } from './faulty-proxy'
import { startNumberedClient, type NumberedClient } from './numbered-client'

/** Events that a client makes; at a steady pace it takes 4 s for them. */
export const COUNT = 2_000

/** What a fault test is made of: a real server, a proxy that makes the faults, and a client in a process of its own. */
export interface Lab {
  readonly server: ReferenceServer
  readonly proxy: FaultyProxy
  /** Starts the client, which begins at once. */
  start(settings?: LabSettings): NumberedClient
  /** Says what was measured. */
  annotate(figures: string): Promise<unknown>
}

interface LabSettings extends Partial<Omit<Settings, 'options'>> {
  options?: Partial<ArunikaOptions>
}

/** Opens a lab that is closed when the test is over. */
export async function openLab({
  onTestFinished,
  annotate,
}: Pick<TestContext, 'onTestFinished' | 'annotate'>): Promise<Lab> {
  const server = await startReferenceServer()
  onTestFinished(() => server.close())
  const proxy = await startProxy(server.endpoint)
  onTestFinished(() => proxy.refuse())
  return {
    server,
    proxy,
    annotate,
    start({ options, ...settings } = {}) {
      const client = startNumberedClient({
        count: COUNT,
        pace: 'steady',
        random: 0.1,
        onSignals: null,
        ...settings,
        options: { ...server.app, endpoint: proxy.url, flushIntervalMs: 500, ...options },
      })
      onTestFinished(async () => {
        client.kill('SIGKILL')
        await client.ended
      })
      return client
    },
  }
}
