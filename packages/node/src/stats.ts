/** What became of the events of one client, and what waits. */
export interface Stats {
  /** Events that wait, those in flight included; with a spool also what other processes have left there. */
  waiting: number
  /** Events of requests that are under way. */
  inFlight: number
  /** Events that the server has stored. */
  delivered: number
  /** Events that can never be stored. */
  rejected: number
  /** Events that were let go. */
  dropped: number
  /** How long the oldest event has waited, in milliseconds; `null` where none waits. */
  oldestWaitingMs: number | null
}
