import { chromium, type Browser, type BrowserContext, type LaunchOptions } from 'playwright-core'
import { afterAll } from 'vitest'

interface Installed {
  chromiumPath: () => Promise<string>
  chromiumArgs: string[]
}
const { chromiumPath, chromiumArgs } = (await import(
  new URL('../../../../scripts/chromium.mjs', import.meta.url).href
)) as Installed

const launchOptions = async ({ args = [], ...options }: LaunchOptions = {}): Promise<LaunchOptions> => ({
  executablePath: await chromiumPath(),
  args: [...chromiumArgs, ...args],
  ...options,
})

let shared: Promise<Browser> | undefined
afterAll(async () => (await shared)?.close())

/** The one Chromium of a test file, for tests that take a context of their own in it. */
export function sharedChromium(): Promise<Browser> {
  return (shared ??= launchOptions().then((options) => chromium.launch(options)))
}

/** Starts a Chromium on a profile folder, as a person who opens their browser. */
export async function launchOnProfile(profile: string, options?: LaunchOptions): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, await launchOptions(options))
}

/** Kills every process of a browser at once (SIGKILL); resolves when it is gone. */
export async function killBrowser(context: BrowserContext): Promise<void> {
  const session = await context.browser()?.newBrowserCDPSession()
  const info = await session?.send('SystemInfo.getProcessInfo')
  if (info === undefined) throw new Error('the browser tells of no process')
  const closed = new Promise((resolve) => context.once('close', resolve))
  for (const { id } of info.processInfo) process.kill(id, 'SIGKILL')
  await closed
}
