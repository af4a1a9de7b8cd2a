import { reactive, readonly } from 'vue'
import { useEvents } from './events'
import { remember, remembered } from './memory'

interface Reader {
  name: string
  email: string
  /** Who Arunika says it is; `null` until the server has answered. */
  profileId: string | null
}

const NOBODY: Reader = { name: '', email: '', profileId: null }
const reader = reactive<Reader>(remembered<Reader>('reader') ?? { ...NOBODY })

/** Who reads, and how they come and go. */
export function useReader() {
  const arunika = useEvents()

  function become(next: Reader): void {
    Object.assign(reader, next)
    remember('reader', next)
  }

  return {
    reader: readonly(reader),
    async signIn(name: string, email: string): Promise<void> {
      become({ name, email, profileId: null })
      // Kept and sent like any event, so nobody has to wait for it.
      const { profileId } = await arunika.identify({ email, name })
      if (reader.email === email) become({ name, email, profileId })
    },
    signOut(): void {
      arunika.reset()
      become(NOBODY)
    },
  }
}
