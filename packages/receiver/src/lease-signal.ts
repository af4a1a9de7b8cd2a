/** Timers of more than 32 bits fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647

/** A signal that is aborted when a lease has run out, unless it ends before. */
export function leaseSignal(leaseMs: number | undefined): { signal: AbortSignal; end: () => void } {
  const controller = new AbortController()
  if (leaseMs === undefined || leaseMs > LONGEST_TIMER_MS)
    return { signal: controller.signal, end: () => undefined }
  const timer = setTimeout(() => {
    controller.abort(new Error('The lease of this delivery has run out: the next one may be handled too.'))
  }, leaseMs)
  return { signal: controller.signal, end: () => clearTimeout(timer) }
}
