/**
 * The place of the first code that stands at one of the places in a text, or `-1`.
 *
 * An encoder writes each code in one way only, so that texts are equal exactly where the decoded bytes are. Every pair is
 * compared to its end, whatever the others gave: the time tells nothing of where a difference is.
 *
 * @param places - Start and end of each entry, in turn.
 */
export function matchCodes(text: string, places: readonly number[], codes: readonly string[]): number {
  let matched = -1
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index] as string
    for (let at = 0; at < places.length; at += 2) {
      const start = places[at] as number
      if ((places[at + 1] as number) - start !== code.length) continue
      let difference = 0
      for (let i = 0; i < code.length; i++) difference |= text.charCodeAt(start + i) ^ code.charCodeAt(i)
      if (difference === 0 && matched < 0) matched = index
    }
  }
  return matched
}
