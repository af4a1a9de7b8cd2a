import type { Lab } from './lab'

/**
 * Fixes the chance in the waits between tries, in pages that are opened from now on: they then last this part of the most
 * that they may, 1 s and twice as long each time, so that a test takes as long each time too.
 */
export async function fixWaits({ context }: Lab, random: number): Promise<void> {
  await context.addInitScript((random) => (Math.random = () => random), random)
}
