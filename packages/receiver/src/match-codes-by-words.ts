/* eslint-disable @typescript-eslint/no-restricted-imports -- taken where there is Node alone */
import { Buffer } from 'node:buffer'
import { matchCodes as matchByCharacters } from './match-codes'
import { MAX_VALUE_LENGTH } from './read-header'

/** A code stands at the front, the text behind it. Nothing waits in between, so that one serves all. */
const TEXT_AT = 128
const memory = Buffer.alloc(TEXT_AT + MAX_VALUE_LENGTH)
const words = new DataView(memory.buffer, memory.byteOffset, memory.length)
const WORD_BYTES = 4

/** {@link matchByCharacters}, four at a time: a header may hold 16 signatures, and should cost no more than one. */
export const matchCodes: typeof matchByCharacters = (text, places, codes) => {
  // To write one to memory takes longer than to compare it.
  if (places.length === 2) return matchByCharacters(text, places, codes)
  let matched = -1
  memory.write(text, TEXT_AT, 'latin1')
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index] as string
    memory.write(code, 0, 'latin1')
    for (let at = 0; at < places.length; at += 2) {
      const start = places[at] as number
      if ((places[at + 1] as number) - start !== code.length) continue
      const difference = compare(TEXT_AT + start, code.length)
      // The characters of a text may be wider than the bytes that they were written to.
      if (difference === 0 && matched < 0 && text.startsWith(code, start)) matched = index
    }
  }
  return matched
}

function compare(from: number, length: number): number {
  let difference = 0
  let i = 0
  for (; i + WORD_BYTES <= length; i += WORD_BYTES) {
    difference |= words.getInt32(from + i, true) ^ words.getInt32(i, true)
  }
  for (; i < length; i++) difference |= words.getUint8(from + i) ^ words.getUint8(i)
  return difference
}
