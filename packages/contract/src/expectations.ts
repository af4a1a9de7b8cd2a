import type { Activity } from '@arunika/protocol'
import { expect } from 'vitest'
import type { Answer } from './answer'

/** The types of events, for short assertions. */
export function typesOf(events: Activity[]): string[] {
  return events.map((event) => event.eventType)
}

/** Asserts a refusal. */
export function expectProblem(answer: Answer, status: number, code: string): void {
  expect({ status: answer.status, body: answer.body }).toEqual({
    status,
    body: expect.objectContaining({ status, code }) as unknown,
  })
}

/** Asserts what became of a batch: its counts, and the code of each event that was refused. */
export function expectCounts(
  answer: Answer,
  {
    accepted = 0,
    duplicates = 0,
    rejected = {},
  }: { accepted?: number; duplicates?: number; rejected?: Record<number, string> },
): void {
  expect(answer.status).toBe(200)
  const list = Object.entries(rejected).map(
    ([index, code]) => expect.objectContaining({ index: Number(index), code }) as unknown,
  )
  expect(answer.body).toEqual({ accepted, duplicates, rejected: list })
}
