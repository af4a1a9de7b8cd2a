import { messageOf, type Run } from '../../../scripts/bench/benchmark'
import type { Collector } from '../../../scripts/bench/collector'
import type { Page } from './browser'
import type { Site } from './site'
import type { Subject } from './subjects'

/** What the parts of the benchmark share. */
export interface Setup extends Run {
  /** Those that were installed and bundled: ours first. */
  subjects: Subject[]
  site: Site
  collector: Collector
}

/** The address of a subject's page. */
export function pageOf(site: Site, subject: Subject): string {
  return `${site.origin}/${encodeURIComponent(subject.name)}`
}

/** The code that starts the SDK of a page. */
export function startOf(endpoint: string, options: object = {}): string {
  return `bench.start(${JSON.stringify(endpoint)}, ${JSON.stringify(options)})`
}

/** Opens a subject's page and starts its SDK. */
export async function openSdk(
  { site, collector }: Setup,
  page: Page,
  subject: Subject,
  endpoint = collector.endpoint,
  options: object = {},
): Promise<void> {
  await page.open(pageOf(site, subject))
  await page.evaluate(`Promise.resolve(${startOf(endpoint, options)}).then(() => undefined)`)
}

/** Measures a subject; `null` where a peer does not run, which becomes a problem. Ours must. */
export async function measured<Result>(
  { problems }: Setup,
  subject: Subject,
  measure: () => Promise<Result>,
): Promise<Result | null> {
  try {
    return await measure()
  } catch (error) {
    if (subject.peer === undefined) throw error
    problems.push(`${subject.name} does not run: ${messageOf(error)}`)
    return null
  }
}
