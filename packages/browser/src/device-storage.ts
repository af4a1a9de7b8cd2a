import { StorageError } from '@arunika/core'
import { isObject } from '@arunika/protocol'

/** What an app keeps on the device. */
type Name = 'session' | 'consent' | 'wait'

/** Short texts of an app that the tabs of one origin share and that outlive the page. */
export interface DeviceStorage {
  /** `null` where there is none. */
  get(name: Name): string | null
  /** `null` removes it. */
  set(name: Name, text: string | null): void
}

type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/**
 * Texts in `localStorage`. What cannot be written there (the user has forbidden it, it is full) the page keeps in memory.
 *
 * @param open - Gives the storage; may throw.
 * @param onError - Told once, when it first fails.
 */
export function createDeviceStorage(
  appId: string,
  open: () => TextStorage,
  onError: (error: StorageError) => void,
): DeviceStorage {
  /** What could not be written, or could not be read again. */
  const memory = new Map<Name, string | null>()
  let hasFailed = false
  const keyOf = (name: Name) => `arunika-${name}-1-${appId}`

  function fail(cause: unknown): null {
    const message = 'The session, consent and retry wait cannot be kept on this device: this page has its own'
    if (!hasFailed) onError(new StorageError(message, { cause }))
    hasFailed = true
    return null
  }

  return {
    get(name) {
      const held = memory.get(name)
      try {
        return held === undefined ? open().getItem(keyOf(name)) : held
      } catch (cause) {
        return fail(cause)
      }
    },
    set(name, text) {
      memory.set(name, text)
      try {
        const storage = open()
        const key = keyOf(name)
        if (text === null) storage.removeItem(key)
        else storage.setItem(key, text)
        if (storage.getItem(key) === text) memory.delete(name)
      } catch (cause) {
        fail(cause)
      }
    },
  }
}

/** The fields of the object in a text that any script of the origin may have written; none where it holds no object. */
export function fieldsOf(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return isObject(value) ? value : {}
  } catch {
    return {} // not ours: what the page writes next takes its place
  }
}
