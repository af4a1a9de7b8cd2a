/** How the entries of a text are written. */
export interface EntryForm {
  prefix?: string | undefined
  /** What stands between them; without one, the text is one entry. */
  separator?: string | undefined
}

/**
 * Where the entries that begin with the prefix stand in a text, without it: start and end of each, in turn. Those that begin
 * otherwise are passed over, since a sender may add others at any time. `null` where there are more than `most` of either kind.
 */
export function findEntries(
  text: string,
  { prefix = '', separator }: EntryForm,
  most: number,
): number[] | null {
  const places: number[] = []
  let start = 0
  for (let count = 0; count < most; count++) {
    const next = separator === undefined ? -1 : text.indexOf(separator, start)
    const end = next < 0 ? text.length : next
    const from = start + prefix.length
    if (from <= end && text.startsWith(prefix, start)) places.push(from, end)
    if (next < 0) return places
    start = next + (separator as string).length
  }
  return null
}

/** The entries at these places of a text. */
export function entriesAt(text: string, places: readonly number[]): string[] {
  const entries: string[] = []
  for (let at = 0; at < places.length; at += 2) entries.push(text.slice(places[at], places[at + 1]))
  return entries
}
