import type { ArunikaEvent, Identifier, RejectedEvent } from '@arunika/protocol'

/** What a request brings, validated and with its clock corrected: ready to be stored. */
export interface Intake {
  appId: string
  source: 'browser' | 'server'
  /** Milliseconds since the epoch. */
  receivedAt: number
  /** The session of a browser's request. */
  sessionId?: string
  events: IntakeEvent[]
  /** The events that validation has refused. */
  rejected: RejectedEvent[]
}

export interface IntakeEvent {
  /** Its place in the request, from 0. */
  index: number
  event: ArunikaEvent & { identifier?: Identifier }
  /** By the server's clock, in milliseconds since the epoch. */
  timestampMs: number
  /** By the sender's clock. */
  originalMs: number
}
