import { StorageError } from '@arunika/core'

/** Short texts that the tabs of one origin share and that outlive the page. */
export interface DeviceStorage {
  /** `null` where there is none. */
  get(key: string): string | null
  /** `null` removes it. */
  set(key: string, text: string | null): void
}

type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/**
 * Texts in `localStorage`. Where that fails (the user has forbidden it, it is full) the page's memory takes over.
 *
 * @param open - Gives the storage; may throw.
 * @param onError - Told once, when it first fails.
 */
export function createDeviceStorage(
  open: () => TextStorage,
  onError: (error: StorageError) => void,
): DeviceStorage {
  function use<Answer>(call: (storage: TextStorage) => Answer): Answer {
    try {
      return call(open())
    } catch (cause) {
      const message =
        'The session, consent and retry wait cannot be kept on this device: this page has its own'
      onError(new StorageError(message, { cause }))
      open = memory()
      return call(open())
    }
  }

  return {
    get: (key) => use((storage) => storage.getItem(key)),
    set: (key, text) =>
      use((storage) => (text === null ? storage.removeItem(key) : storage.setItem(key, text))),
  }
}

function memory(): () => TextStorage {
  const texts = new Map<string, string>()
  const storage: TextStorage = {
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
    removeItem: (key) => void texts.delete(key),
  }
  return () => storage
}

/** The object in a text that any script of the origin may have written; `null` where it holds none. */
export function parseObject(text: string | null): Record<string, unknown> | null {
  if (text === null) return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null
  } catch {
    return null // not ours: what the page writes next takes its place
  }
}
