import type { World } from './world'

/** One promise of the wire, and how to see whether it is kept. */
export interface Scenario {
  /** A sentence. */
  title: string
  /** Asks a target, and asserts what it answers. */
  run(world: World): Promise<void>
}

/** The scenarios of one part of the wire. */
export interface Topic {
  name: string
  scenarios: Scenario[]
}

/** Makes a topic from titles and what they run. */
export function topic(name: string, scenarios: Record<string, Scenario['run']>): Topic {
  return { name, scenarios: Object.entries(scenarios).map(([title, run]) => ({ title, run })) }
}
