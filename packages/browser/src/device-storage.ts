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
 * Texts in `localStorage`. What cannot be written there (the user has forbidden it, it is full) the page keeps in memory.
 *
 * @param open - Gives the storage; may throw.
 * @param onError - Told once, when it first fails.
 */
export function createDeviceStorage(
  open: () => TextStorage,
  onError: (error: StorageError) => void,
): DeviceStorage {
  /** What could not be written, or could not be read again. */
  const memory = new Map<string, string | null>()
  let hasFailed = false
  let isReadable = true

  function fail(cause: unknown): void {
    if (hasFailed) return
    hasFailed = true
    const message = 'The session, consent and retry wait cannot be kept on this device: this page has its own'
    onError(new StorageError(message, { cause }))
  }

  return {
    get(key) {
      const held = memory.get(key)
      if (held !== undefined) return held
      try {
        return open().getItem(key)
      } catch (cause) {
        isReadable = false
        fail(cause)
        return null
      }
    },
    set(key, text) {
      try {
        if (text === null) open().removeItem(key)
        else open().setItem(key, text)
        if (isReadable) memory.delete(key)
        else memory.set(key, text)
      } catch (cause) {
        fail(cause)
        memory.set(key, text)
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
