import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStage, type Stage } from '../../src/play'
import { REFERENCE, TARGETS } from '../../src/targets'
import { TOPICS } from '../../src/topics'

let reference: Stage
beforeAll(async () => {
  reference = await openStage(REFERENCE)
})
afterAll(() => reference.close())

describe.each(TARGETS.map((target) => [target.name, target] as const))('%s', (_name, target) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage(target)
  })
  afterAll(() => stage.close())

  describe.each(TOPICS.map((topic) => [topic.name, topic] as const))('%s', (_topic, { scenarios }) => {
    it.each(scenarios.map((scenario) => [scenario.title, scenario] as const))(
      '%s',
      async (_title, scenario) => {
        const transcript = await stage.play(scenario)
        expect(transcript).not.toEqual([])
        // The reference agrees with itself, whatever it answers.
        if (target !== REFERENCE) expect(transcript).toEqual(await reference.play(scenario))
      },
    )
  })
})
