import type { Provider } from './provider'
import { headerReader } from './read-header'

/** Where a sender counts its tries to deliver an event. */
export interface AttemptForm {
  readonly header: string
  /** 1 where it counts the tries after the first. */
  readonly plus?: 1
}

/** More tries than any sender makes are no count. */
const COUNT = /^[1-9]\d{0,2}$/

/**
 * Which try of the sender it is, from 1; `null` where it does not say. The header is not signed: whatever it holds, nothing
 * is refused for it.
 */
export function attemptOf({ event: { attempt } }: Provider, headers: unknown): number | null {
  if (attempt === undefined) return null
  const { header, plus = 0 } = attempt
  try {
    const count = headerReader(headers)(header) ?? ''
    return COUNT.test(count) ? Number(count) + plus : null
  } catch {
    return null
  }
}
