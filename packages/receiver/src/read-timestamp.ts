import { accept, type Checked } from './checked'
import { checkTimestamp, type TimestampUnit } from './check-timestamp'
import { locate, nameOf, type Place } from './locate'
import type { OpenedRequest } from './provider'

/** Where a scheme's time stands, how it is written, and how far it may be from the clock. */
export type TimestampForm = Place & {
  /** What stands before the time in a header that holds the signatures too, such as `t=`. */
  prefix?: string | undefined
  /** What stands between the entries of such a header. */
  separator?: string | undefined
  /** @defaultValue `'s'` */
  unit?: TimestampUnit | undefined
  /**
   * How far the time may be from the clock, either way, in seconds.
   *
   * @defaultValue 300
   */
  toleranceSeconds?: number | undefined
}

/** When a request says that it was signed. */
export interface Timestamp {
  /** As it was sent, and signed. */
  text: string
  ms: number | null
}

const DEFAULT_TOLERANCE_SECONDS = 300

/** The time of a request; refused where it is malformed, there twice, or out of tolerance. */
export function readTimestamp(
  form: TimestampForm | null,
  request: OpenedRequest,
  nowMs: number,
): Checked<Timestamp> {
  if (form === null) return accept({ text: '', ms: null })
  const written = locate(form, request)
  if (!written.ok) return written
  const text = entryOf(written.value, form)
  const ms = checkTimestamp(
    text,
    nameOf(form),
    nowMs,
    form.toleranceSeconds ?? DEFAULT_TOLERANCE_SECONDS,
    form.unit,
  )
  return ms.ok ? accept({ text, ms: ms.value }) : ms
}

/** The one entry that is the time; empty, which is no time, where there are none or several. */
function entryOf(text: string, { prefix, separator }: TimestampForm): string {
  if (prefix === undefined || separator === undefined) return text
  const [entry = '', ...others] = text.split(separator).filter((part) => part.startsWith(prefix))
  return others.length > 0 ? '' : entry.slice(prefix.length)
}
