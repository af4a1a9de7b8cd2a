import { refuse } from './refuse'

/** Refuses a request that no secret proves. */
export function mismatch(): never {
  return refuse(
    'signature_mismatch',
    'No signature or token matches: another secret, or not the exact body that was sent.',
  )
}
