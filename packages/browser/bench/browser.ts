import { rmSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchChromium, type DevTools } from './devtools'
import { chromiumArgs, chromiumPath } from './workspace-scripts'

/** That of a person's browser: some SDKs ignore what a headless one reports. */
const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36'

/** The one page of a browser. */
export interface Page {
  readonly devTools: DevTools
  /** Calls a method of the DevTools protocol for this page. */
  send<Result = unknown>(method: string, params?: object): Promise<Result>
  open(url: string): Promise<void>
  /** The value of an expression in the page, or what its promise resolves with. */
  evaluate<Value>(expression: string): Promise<Value>
  /** The processor's time that the tasks of the page's main thread have taken so far, in milliseconds. */
  cpuMs(): Promise<number>
}

/**
 * Runs something in a browser that is started for it, and ends that.
 *
 * @param profile - A folder to copy the browser's data from; none where left out.
 * @param keepProfile - Where to keep the browser's data.
 */
export async function inFreshBrowser<Result>(
  use: (page: Page) => Promise<Result>,
  { profile, keepProfile }: { profile?: string; keepProfile?: string } = {},
): Promise<Result> {
  const data = await mkdtemp(join(tmpdir(), 'arunika-bench-'))
  const removeOnExit = () => removeNow(data)
  process.once('exit', removeOnExit)
  try {
    if (profile !== undefined) await cp(profile, data, { recursive: true })
    const args = [...chromiumArgs, `--user-data-dir=${data}`, `--user-agent=${USER_AGENT}`]
    const devTools = launchChromium(await chromiumPath(), args)
    let result: Result
    try {
      result = await use(await firstPage(devTools))
    } finally {
      await devTools.close()
    }
    if (keepProfile !== undefined) await cp(data, keepProfile, { recursive: true })
    return result
  } finally {
    process.off('exit', removeOnExit)
    await rm(data, { recursive: true, force: true })
  }
}

/** Removes the data of a browser that has just been killed: for a moment its processes may still write. */
function removeNow(data: string): void {
  for (let tries = 0; tries < 20; tries++) {
    try {
      rmSync(data, { recursive: true, force: true })
      return
    } catch {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50)
    }
  }
}

async function firstPage(devTools: DevTools): Promise<Page> {
  const { targetInfos } = await devTools.send<{ targetInfos: { type: string; targetId: string }[] }>(
    'Target.getTargets',
  )
  const target = targetInfos.find(({ type }) => type === 'page')
  if (target === undefined) throw new Error('the browser has no page')
  const { sessionId } = await devTools.send<{ sessionId: string }>('Target.attachToTarget', {
    targetId: target.targetId,
    flatten: true,
  })
  const send: Page['send'] = (method, params) => devTools.send(method, params, sessionId)
  await send('Page.enable')
  await send('Performance.enable', { timeDomain: 'threadTicks' })
  return {
    devTools,
    send,
    async open(url) {
      const loaded = devTools.next('Page.loadEventFired')
      await send('Page.navigate', { url })
      await loaded
    },
    async evaluate<Value>(expression: string) {
      const { result, exceptionDetails } = await send<{
        result: { value: Value }
        exceptionDetails?: { text: string; exception?: { description?: string } }
      }>('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
      if (exceptionDetails === undefined) return result.value
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    },
    async cpuMs() {
      const { metrics } = await send<{ metrics: { name: string; value: number }[] }>('Performance.getMetrics')
      return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000
    },
  }
}
