import { isObject, RESERVED_TYPES, type ArunikaEvent, type Identifier } from '@arunika/protocol'

/** The matchers, for the declarations of a test runner. `Result` is what a matcher gives: `void` in vitest. */
export interface ArunikaMatchers<Result = void> {
  /**
   * That an event of this type was logged, and where `data` is given, that its `eventData` holds it: fields that are not
   * named may be of any value, as with `toMatchObject`.
   *
   * @example
   * expect(arunika).toHaveLogged('payment_processed', { amount: expect.any(Number) })
   */
  toHaveLogged(type: string, data?: object): Result
  /**
   * That somebody was identified with these fields: `userId`, `email`, `name`, `traits`, `sessionId`.
   *
   * @example
   * expect(arunika).toHaveIdentified({ email: 'sari@example.com' })
   */
  toHaveIdentified(person: object): Result
}

/** What the matchers look at: a mock, a memory client, or a list of events. */
export type Logged = LoggedEvent[] | { events(): LoggedEvent[] }

type LoggedEvent = ArunikaEvent & { identifier?: Identifier; sessionId?: string | null }

type Tester = (a: unknown, b: unknown, testers: never[]) => boolean | undefined

/** What vitest and Jest give a matcher as `this`, in a form that both give. */
interface MatcherContext {
  equals(a: unknown, b: unknown, testers?: Tester[]): boolean
  utils: {
    subsetEquality: Tester
    iterableEquality: Tester
    printExpected: (value: unknown) => string
    printReceived: (value: unknown) => string
  }
}

interface Verdict {
  pass: boolean
  message: () => string
}

/**
 * Matchers for vitest and Jest.
 *
 * @example
 * expect.extend(arunikaMatchers)
 */
export const arunikaMatchers = {
  toHaveLogged(this: MatcherContext, received: unknown, type: string, data?: object): Verdict {
    const events = eventsOf(received, 'toHaveLogged')
    const ofType = events.filter((event) => event.eventType === type)
    const found = ofType.filter((event) => data === undefined || holds(this, event.eventData ?? {}, data))
    const { printExpected, printReceived } = this.utils
    const wanted = `${printExpected(type)}${data === undefined ? '' : ` with ${printExpected(data)}`}`
    return verdict(found.length > 0, wanted, {
      found: () => listOf(found.map((event) => printReceived(event.eventData ?? {}))),
      missed: () =>
        ofType.length > 0
          ? `Logged of this type:\n${listOf(ofType.map((event) => printReceived(event.eventData ?? {})))}`
          : `No event of this type was logged. Logged: ${typesOf(events)}`,
    })
  },

  toHaveIdentified(this: MatcherContext, received: unknown, person: object): Verdict {
    const events = eventsOf(received, 'toHaveIdentified')
    const people = events.filter((event) => event.eventType === RESERVED_TYPES.userIdentified).map(personOf)
    const found = people.filter((identified) => holds(this, identified, person))
    const { printExpected, printReceived } = this.utils
    return verdict(found.length > 0, `somebody identified with ${printExpected(person)}`, {
      found: () => listOf(found.map(printReceived)),
      missed: () =>
        people.length > 0
          ? `Identified:\n${listOf(people.map(printReceived))}`
          : `Nobody was identified. Logged: ${typesOf(events)}`,
    })
  },
}

function verdict(
  pass: boolean,
  wanted: string,
  tell: { found: () => string; missed: () => string },
): Verdict {
  // The message is read of a failure alone: where it passed, that is a failure of `.not`.
  const message = () =>
    pass
      ? `Expected not to find ${wanted}, but found:\n${tell.found()}`
      : `Expected ${wanted}\n${tell.missed()}`
  return { pass, message }
}

/** @throws TypeError where it is nothing that holds events: that is a mistake of the test, also with `.not`. */
function eventsOf(received: unknown, matcher: string): LoggedEvent[] {
  if (Array.isArray(received)) return received as LoggedEvent[]
  if (isObject(received) && typeof received['events'] === 'function') {
    return (received as { events(): LoggedEvent[] }).events()
  }
  throw new TypeError(`${matcher} takes a mock, a memory client or a list of events`)
}

function holds(context: MatcherContext, actual: object, subset: object): boolean {
  const { iterableEquality, subsetEquality } = context.utils
  return context.equals(actual, subset, [iterableEquality, subsetEquality])
}

function personOf({ eventData, identifier, sessionId }: LoggedEvent): object {
  return { ...(sessionId != null && { sessionId }), ...eventData, ...identifier }
}

function listOf(lines: string[]): string {
  return lines.map((line) => `  ${line.replaceAll('\n', '\n  ')}`).join('\n')
}

function typesOf(events: LoggedEvent[]): string {
  const counts = new Map<string, number>()
  for (const { eventType } of events) counts.set(eventType, (counts.get(eventType) ?? 0) + 1)
  const parts = Array.from(counts, ([type, count]) => (count > 1 ? `${type} ×${count}` : type))
  return parts.length > 0 ? parts.join(', ') : 'nothing'
}
