import type { AppRequest } from '@arunika/protocol'

/** An implementation of the wire, started for the suite. */
export interface Target {
  /** Where its routes are, without a slash at the end. */
  endpoint: string
  /** Reads every app. */
  operatorToken: string
  fetch(request: Request): Promise<Response>
  createApp(options: AppOptions): Promise<Credentials>
  revokeKey(apiKey: string): Promise<void>
  close(): Promise<void>
}

/** What a scenario asks of an app. */
export interface AppOptions extends Partial<AppRequest> {
  status?: 'active' | 'suspended'
}

/** An app's id and its key. */
export interface Credentials {
  appId: string
  apiKey: string
}

/** How a target is started. One more implementation, or one more database, is one more of these in `targets.ts`. */
export interface TargetStarter {
  name: string
  /** @param now - The clock that all its decisions go by, in milliseconds since the epoch. */
  start(now: () => number): Promise<Target>
}
