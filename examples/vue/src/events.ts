import { useArunika } from '@arunika/browser/vue'

/**
 * What the list reports, and what each event carries: a wrong name or a wrong field is an error of the compiler. Page views and who
 * reads are Arunika's own types and need no entry.
 */
export interface ReadingEvents {
  book_started: { bookId: string; title: string }
  book_finished: { bookId: string; title: string; stars: number }
  /** Of a note only its length is reported: what it says is nobody's business. */
  note_saved: { bookId: string; characters: number }
}

/** The page's client, which takes these events alone. */
export const useEvents = () => useArunika<ReadingEvents>()
