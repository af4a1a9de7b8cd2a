import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answered, harness } from '../delivery-harness'
import { microtasks } from '../fake-clock'
import { World, type Life, type Mood, type WorldOptions } from '../fault-model'

type Step =
  | { do: 'take'; count: number }
  | { do: 'pass'; ms: number }
  | { do: 'set clock'; byMs: number }
  | { do: 'flush' | 'flush on exit' | 'crash' | 'open a tab' | 'next tab' | 'close the tab' }

const HOUR = 3_600_000

/** Short, so that a crash falls into the middle of things, or long, so that timers end. */
const ms = fc.oneof(fc.nat(12), fc.nat(150), fc.nat(8_000))

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('take' as const), count: fc.nat(25) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('pass' as const), ms }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('set clock' as const), byMs: fc.constantFrom(-HOUR, HOUR) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('flush' as const, 'flush on exit', 'crash') }) },
)

const stepAmongTabs: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: step },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('open a tab' as const, 'next tab', 'close the tab') }),
  },
)

const mood = fc.constantFrom<Mood[]>(
  'works',
  'request lost',
  'answer lost',
  'arrives twice',
  'slow',
  'send throws',
  'captive portal',
  'half an answer',
  '503',
  '429',
)

const world = fc.record({
  moods: fc.array(mood, { maxLength: 30 }),
  storageFaults: fc.array(fc.boolean(), { maxLength: 12 }),
  serverLimit: fc.integer({ min: 1, max: 60 }),
})

describe('whatever network, storage, clock and crashes do', () => {
  it('an event that was put is stored once or told of as rejected, each is told of once, and all comes to rest', async () => {
    await fc.assert(
      fc.asyncProperty(world, fc.array(step, { maxLength: 30 }), async (options, steps) => {
        expect((await live(options, steps)).mostSenders).toBeLessThanOrEqual(1)
      }),
      { numRuns: 1_500 },
    )
  })

  it('the same is true of tabs that share a storage, and one of them sends at a time', async () => {
    await fc.assert(
      fc.asyncProperty(world, fc.array(stepAmongTabs, { maxLength: 40 }), async (options, steps) => {
        const world = await live(options, steps)
        expect(world.mostSenders).toBeLessThanOrEqual(1)
      }),
      { numRuns: 1_500 },
    )
  })
})

/** Lives through the steps, and expects that nothing was lost or told twice. */
async function live(options: WorldOptions, steps: Step[]): Promise<World> {
  const world = new World(options)
  const lives = [world.begin()]
  /** The tabs that are open; the person looks at the first. */
  let tabs = [...lives]
  let shoves = 0
  let mostTabs = 1
  for (const step of steps) {
    const life = tabs[0]!
    if (step.do === 'take') for (let i = 0; i < step.count; i++) world.take(life)
    if (step.do === 'pass') await world.clock.advance(step.ms)
    if (step.do === 'set clock') world.clock.setBy(step.byMs)
    if (step.do === 'crash') tabs = [world.begin()]
    if (step.do === 'open a tab') tabs.unshift(world.beginBeside())
    if (step.do === 'next tab') tabs.push(tabs.shift()!)
    if (step.do === 'close the tab' && tabs.length > 1) world.kill(tabs.shift()!)
    if (step.do === 'flush') flushInto(life)
    if (step.do === 'flush on exit') life.delivery.flushOnExit(65_536)
    if (step.do.startsWith('flush')) shoves++
    lives.push(...tabs.filter((tab) => !lives.includes(tab)))
    mostTabs = Math.max(mostTabs, tabs.length)
  }
  await expectHonest(world, lives, tabs, (answers) => shoves + 2 * mostTabs * answers)
  return world
}

/** A flush may fail, but it always ends: those that did not are counted. */
const openFlushes = new WeakMap<Life, number>()
function flushInto(life: Life): void {
  const change = (by: number) => openFlushes.set(life, (openFlushes.get(life) ?? 0) + by)
  change(1)
  life.delivery.flush().then(
    () => change(-1),
    () => change(-1),
  )
}

async function expectHonest(
  world: World,
  lives: Life[],
  open: Life[],
  maxRequests: (answers: number) => number,
): Promise<void> {
  // Those that are open end their work with the faults that are left, then one begins over what earlier lives left behind.
  await world.clock.advance(20 * HOUR)
  for (const tab of open) {
    expect(tab.outbox.size).toBe(0)
    expect(openFlushes.get(tab) ?? 0).toBe(0)
    for (const id of tab.taken) expect(tab.told.get(id)).toBe(1)
  }

  world.heal()
  const heir = world.begin()
  lives.push(heir)
  await world.clock.advance(HOUR)
  expect(heir.outbox.size).toBe(0)
  expect(world.disk.size).toBe(0)
  expect(world.clock.timers).toBe(0)

  for (const id of world.durable) expect(world.stored.has(id)).toBe(!id.startsWith('poison'))
  for (const { told } of lives) expect([...told.values()].every((times) => times === 1)).toBe(true)

  // Each request that works takes at least one event out; one that is too large is halved, and doubled after a success.
  // Each of several tabs finds by itself how much the server takes at once.
  const answers = lives.reduce((sum, { told }) => sum + told.size, 0)
  expect(world.requests).toBeLessThanOrEqual(world.faults + maxRequests(answers) + 10 * lives.length)
}

describe('under load', () => {
  it('200 events over 5 s make at most 25 requests', async () => {
    const { clock, take, requests, last, delivered } = harness()
    for (let i = 0; i < 200; i++) {
      take(`e${i}`)
      await clock.advance(25)
      if (requests.length > 0 && i % 2 === 0) await last().reply(answered())
    }
    await clock.advance(5_000)
    await last().reply(answered())
    expect(delivered).toHaveLength(200)
    expect(requests.length).toBeLessThanOrEqual(25)
  })

  it('10,000 events that wait leave in ten requests', async () => {
    const { take, requests, last, delivered } = harness()
    for (let i = 0; i < 10_000; i++) take(`e${i}`)
    await microtasks()
    while (delivered.length < 10_000) await last().reply(answered())
    expect(requests).toHaveLength(10)
  })
})
