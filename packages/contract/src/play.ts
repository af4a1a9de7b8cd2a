import { Clock } from './clock'
import type { Scenario } from './scenario'
import type { Target, TargetStarter } from './target'
import type { Transcript } from './transcript'
import { World } from './world'

/** A target that plays scenarios, each in an app of its own and from the same moment on. */
export interface Stage {
  play(scenario: Scenario): Promise<Transcript>
  close(): Promise<void>
}

/** Starts a target for the suite. */
export async function openStage(starter: TargetStarter): Promise<Stage> {
  let clock = new Clock()
  const target: Target = await starter.start(() => clock.now())
  return {
    async play(scenario) {
      clock = new Clock()
      const world = new World(target, clock, await target.createApp({}))
      await scenario.run(world)
      return world.transcript
    },
    close: () => target.close(),
  }
}
