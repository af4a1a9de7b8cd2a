import { expect } from 'vitest'
import { storedTypes } from '../../../support/reference-server'
import type { Lab } from './lab'
import type { NumberedClient } from './numbered-client'

/** More than what only a fault needs, such as the code for it; less than the events that were made. */
const MAX_HEAP_GROWTH_BYTES = 1_200_000

/**
 * Waits until the client has told of every event and ended by itself, then holds that nothing was lost and nothing stored twice, and
 * that no memory stays taken.
 */
export async function expectAllDelivered(lab: Lab, client: NumberedClient): Promise<void> {
  await expectAllTold(lab, client)
  expect(client.told.dropped).toEqual([])
}

/** The same where events may have been dropped. */
export async function expectAllTold(lab: Lab, client: NumberedClient): Promise<void> {
  expect(await client.ended).toEqual({ code: 0, signal: null, stderr: '' })
  const { told } = client
  expect(told.made).toBe(client.count)
  await expectStoredOnce(lab, client)
  expect(told.atEnd).toMatchObject({ waiting: 0, inFlight: 0, oldestWaitingMs: null })
  expect(told.atEnd?.heapGrewBytes).toBeLessThan(MAX_HEAP_GROWTH_BYTES)
}

/** Made = delivered + dropped, each event is told of once, and the server has each that was delivered once, and no other. */
export async function expectStoredOnce(lab: Lab, client: NumberedClient): Promise<void> {
  await lab.annotate(figuresOf(lab, client))
  const { told } = client
  expect(told.rejected).toEqual([])
  const dropped = told.dropped.map(({ n }) => n)
  expect(inOrder([...told.delivered, ...dropped])).toEqual(Array.from({ length: told.made }, (_, n) => n))
  const stored = (await storedTypes(lab.server)).map((type) => Number(type.slice(1)))
  expect(inOrder(stored)).toEqual(inOrder(told.delivered))
}

function inOrder(numbers: number[]): number[] {
  return numbers.toSorted((a, b) => a - b)
}

function figuresOf({ proxy }: Lab, { told, tookMs }: NumberedClient): string {
  return [
    `${Math.round(tookMs)} ms`,
    `${proxy.requests.length} requests`,
    `${told.errors.length} errors`,
    `${told.delivered.length} delivered`,
    `${told.dropped.length} dropped`,
    `${proxy.duplicates} sent again that were stored`,
    `at most ${told.mostWaiting} waited`,
    `heap grew by ${told.atEnd?.heapGrewBytes ?? '?'} B`,
  ].join(', ')
}
