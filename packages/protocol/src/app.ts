/** An app: one product whose events are kept apart from every other's. */
export interface App {
  appId: string
  name: string
  /** The origins whose pages may send events for this app; `null` lets every origin in. */
  allowedOrigins: string[] | null
  /** Whether the calls of the app's servers must be signed. */
  requireSignature: boolean
  /** A suspended app's requests are refused with `app_suspended`. */
  status: 'active' | 'suspended'
  createdAt: string
}

/** The body of `POST /api/apps`. */
export interface AppRequest {
  name: string
  /** @defaultValue `null`: every origin */
  allowedOrigins?: string[] | null
  /** @defaultValue `false` */
  requireSignature?: boolean
}

/** The body of `PATCH /api/apps/{appId}`: at least one field. What is left out stays as it is. */
export interface AppPatch {
  name?: string
  /** `null` lets every origin in. */
  allowedOrigins?: string[] | null
  requireSignature?: boolean
  status?: App['status']
}

/** The answer to `POST /api/apps`. */
export interface AppAnswer {
  app: App
  /** Shown this once: the server keeps its hash only. */
  apiKey: string
}
