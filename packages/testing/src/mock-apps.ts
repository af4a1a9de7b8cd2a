import { AppStore } from './app-store'

/** What {@link ArunikaMock.createApp} is given. */
export interface MockAppOptions {
  /** `app_` and 1 to 64 letters or digits. @defaultValue a new one */
  appId?: string | undefined
  /** `sk_live_` or `sk_test_` and 43 letters or digits. @defaultValue a new one */
  apiKey?: string | undefined
  /** The origins whose pages may send events; `null` lets every origin in. @defaultValue `null` */
  allowedOrigins?: string[] | null | undefined
  /** Whether the calls of the app's servers must be signed. @defaultValue `false` */
  requireSignature?: boolean | undefined
  /** @defaultValue `'active'` */
  status?: 'active' | 'suspended' | undefined
}

/** An app's id and its secret key. */
export interface AppCredentials {
  appId: string
  apiKey: string
}

/** An app of the mock, with what it has stored. */
export interface MockApp {
  readonly appId: string
  readonly allowedOrigins: string[] | null
  readonly requireSignature: boolean
  readonly status: 'active' | 'suspended'
  store: AppStore
}

/** The apps that the mock knows, and their keys. */
export class MockApps {
  readonly #apps = new Map<string, MockApp>()
  readonly #keys = new Map<string, MockApp>()

  create(options: MockAppOptions): AppCredentials {
    const number = String(this.#apps.size + 1)
    const { appId = `app_test${number}`, apiKey = `sk_test_${number.padStart(43, '0')}` } = options
    const { allowedOrigins = null, requireSignature = false, status = 'active' } = options
    const app: MockApp = { appId, allowedOrigins, requireSignature, status, store: new AppStore() }
    this.#apps.set(appId, app)
    this.#keys.set(apiKey, app)
    return { appId, apiKey }
  }

  revoke(apiKey: string): void {
    this.#keys.delete(apiKey)
  }

  all(): MockApp[] {
    return [...this.#apps.values()]
  }

  find(appId: string): MockApp | null {
    return this.#apps.get(appId) ?? null
  }

  ofKey(apiKey: string): MockApp | null {
    return this.#keys.get(apiKey) ?? null
  }
}
