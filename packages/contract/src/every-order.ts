import type { Page, User } from '@arunika/protocol'
import { expect } from 'vitest'
import { typesOf } from './expectations'
import type { World } from './world'

type Step = (world: World) => Promise<unknown>

/** Plays the steps in every order, each in its own words (ids and sessions), and asserts the same end. */
export async function inEveryOrder(
  world: World,
  stepsFor: (name: string) => Step[],
  check: (name: string) => Promise<void>,
): Promise<void> {
  const orders = permutations(stepsFor('x').map((_, index) => index))
  for (const [number, order] of orders.entries()) {
    const name = `p${number}`
    const steps = stepsFor(name)
    for (const index of order) await steps[index]?.(world)
    await check(name)
  }
}

function permutations(items: number[]): number[][] {
  if (items.length < 2) return [items]
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  )
}

/** The one person whom a search finds, and what they did. */
export async function personBy(world: World, search: string) {
  const { items } = await world.read<Page<User>>(`/api/users?search=${search}`)
  expect(items).toHaveLength(1)
  const user = items[0] ?? expect.fail(`nobody is found by ${search}`)
  return { user, types: typesOf(await world.timeline(user.profileId)) }
}

/** A backend reports a payment. */
export const paid = (world: World, identifier: object, at = 3_000) =>
  world.fromServer([world.event('paid', { at, identifier })])
