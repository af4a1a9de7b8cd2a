import { StorageError } from '@arunika/core'

/** Short texts that the tabs of one origin share and that outlive the page. */
export interface DeviceStorage {
  /** `null` where there is none. */
  get(key: string): string | null
  /** `null` removes it. */
  set(key: string, text: string | null): void
}

/**
 * Texts in `localStorage`. Where that fails (the user has forbidden it, it is full) the page's memory takes over.
 *
 * @param storage - Gives the storage; may throw.
 * @param onError - Told once, when it first fails.
 */
export function createDeviceStorage(
  storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  onError: (error: StorageError) => void,
): DeviceStorage {
  let memory: Map<string, string> | null = null

  function fail(cause: unknown): Map<string, string> {
    const message = 'The session, consent and retry wait cannot be kept on this device: this page has its own'
    onError(new StorageError(message, { cause }))
    return (memory = new Map())
  }

  return {
    get(key) {
      try {
        if (!memory) return storage().getItem(key)
      } catch (cause) {
        fail(cause)
      }
      return memory?.get(key) ?? null
    },
    set(key, text) {
      try {
        if (memory) {
          if (text === null) memory.delete(key)
          else memory.set(key, text)
        } else if (text === null) storage().removeItem(key)
        else storage().setItem(key, text)
      } catch (cause) {
        if (text !== null) fail(cause).set(key, text)
      }
    },
  }
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
