/** A call that was refused because of who it came from, or of what it claimed to be. */
export interface SuspiciousCall {
  at: string
  /** What was wrong, for an operator to read; the caller was told its code alone. */
  reason: string
  /** `null` where one entry counts the calls of a flood. */
  address: string | null
  /** As the caller claimed; `null` where it named none. */
  appId: string | null
}
