/** A clock that stands still unless a scenario moves it, so that every target gives the same times. */
export class Clock {
  nowMs = Date.UTC(2026, 0, 31, 9, 30)

  readonly now = () => this.nowMs

  /** A time in the wire's form. */
  iso(offsetMs = 0): string {
    return new Date(this.nowMs + offsetMs).toISOString()
  }
}
