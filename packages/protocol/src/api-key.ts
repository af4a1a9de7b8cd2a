/** What is told of an API key; the key itself the server does not have. */
export interface ApiKey {
  keyId: string
  createdAt: string
  /** Since when it is refused; `null` while it is valid. */
  revokedAt: string | null
}

/** The body of `POST /api/apps/{appId}/keys`, which may be left out. */
export interface ApiKeyRequest {
  /** @defaultValue `live` */
  mode?: 'live' | 'test'
}

/** The answer to `POST /api/apps/{appId}/keys`. */
export interface ApiKeyAnswer {
  keyId: string
  /** Shown this once: the server keeps its hash only. */
  apiKey: string
  createdAt: string
}
