/**
 * Measures two things in turn, so that a busy minute of the machine is not one's alone; every other round goes the other way round,
 * since each leaves the disk and the caches to the next.
 */
export async function alternate<A, B>(
  rounds: number,
  first: () => Promise<A>,
  second: () => Promise<B>,
): Promise<[A, B][]> {
  const pairs: [A, B][] = []
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) {
      const one = await first()
      pairs.push([one, await second()])
    } else {
      const other = await second()
      pairs.push([await first(), other])
    }
  }
  return pairs
}
