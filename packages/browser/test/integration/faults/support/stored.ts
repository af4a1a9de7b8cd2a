import type { Activity, Page } from '@arunika/protocol'
import { expect } from 'vitest'
import type { Lab } from './lab'
import type { Tab } from './tab'

/** The steps of each tab by their numbers. */
type Steps = Record<string, number[]>

/** How long what was made may take to be stored before a test gives up, in milliseconds. */
const PATIENCE_MS = 20_000

/** What {@link expectAllStored} expects beside what it says. */
export interface Expectations {
  /** Steps that were never taken, by tab and number. */
  except?: { tab: Tab; n: number[] }[]
  /** Steps may be of another session than the one that signs in, so that its timeline does not have them. */
  isOtherSession?: boolean
}

/**
 * Made = stored: waits until the real server has as many steps as the tabs have made, then holds that each is there once and
 * in its tab's order, both in the app's activities and, once this tab has signed in, on the person's timeline.
 */
export async function expectAllStored(
  lab: Lab,
  tab: Tab,
  { except = [], isOtherSession = false }: Expectations = {},
): Promise<Activity[]> {
  const made: Steps = {}
  for (const { name, made: count } of lab.tabs) {
    const missing = except.filter(({ tab }) => tab.name === name).flatMap(({ n }) => n)
    const numbers = Array.from({ length: count }, (_, n) => n).filter((n) => !missing.includes(n))
    if (numbers.length > 0) made[name] = numbers
  }
  const activities = await storedSteps(lab, Object.values(made).flat().length)
  expect(numbersOf(activities)).toEqual(made)

  const { profileId } = await tab.page.evaluate(() => arunika.identify({ userId: 'user-42' }))
  expect(profileId).not.toBeNull()
  const timeline = await readTimeline(lab, profileId ?? '')
  if (!isOtherSession) expect(numbersOf(timeline.filter(isStep))).toEqual(made)
  return activities
}

/** The steps that the server has, oldest first, once there are so many; those that there are when patience ends. */
export async function storedSteps({ server, proxy, appId }: Lab, count: number): Promise<Activity[]> {
  const deadline = AbortSignal.timeout(PATIENCE_MS)
  const gaveUp = new Promise<void>((resolve) => deadline.addEventListener('abort', () => resolve()))
  for (;;) {
    // Listened for before the look at the store, so that an answer between the two is not missed.
    const more = proxy.nextAnswer()
    const steps = (await readActivities(server, appId)).filter(isStep)
    if (steps.length >= count || deadline.aborted) return steps
    await Promise.race([more, gaveUp])
  }
}

/** The steps of each tab by their numbers, in the order of the activities. */
export function numbersOf(activities: Activity[]): Steps {
  const steps: Steps = {}
  for (const { eventData } of activities) {
    const { tab, n } = eventData as { tab: string; n: number }
    ;(steps[tab] ??= []).push(n)
  }
  return steps
}

const isStep = ({ eventType }: Activity) => eventType === 'step'

/** All that the server has of an app, in the order of `timestamp`, then `eventId`. */
export function readActivities(server: Lab['server'], appId: string): Promise<Activity[]> {
  return readAll(server, `/api/activities?appId=${appId}&limit=1000`)
}

/** All that the server has of a person, in the same order. */
export function readTimeline({ server }: Lab, profileId: string): Promise<Activity[]> {
  return readAll(server, `/api/users/${profileId}/timeline?limit=1000`)
}

/** A whole list, page by page, oldest first: the routes give the newest first. */
async function readAll({ asOperator }: Lab['server'], path: string): Promise<Activity[]> {
  const items: Activity[] = []
  for (let next: string | null = ''; next !== null;) {
    const response = await asOperator(path + next)
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    const { items: page, nextCursor } = (await response.json()) as Page<Activity>
    items.push(...page)
    next = nextCursor === null ? null : `&cursor=${encodeURIComponent(nextCursor)}`
  }
  return items.reverse()
}
