import { reactive, watch } from 'vue'
import { BOOKS, type Book } from './books'
import { useEvents } from './events'
import { remembered, remember } from './memory'

/** How far somebody is with a book. */
export interface Reading {
  state: 'waiting' | 'started' | 'finished'
  stars: number
  note: string
}

const NOTHING: Reading = { state: 'waiting', stars: 0, note: '' }

const kept = remembered<Record<string, Reading>>('shelf') ?? {}
const readings = reactive(Object.fromEntries(BOOKS.map(({ id }) => [id, { ...NOTHING, ...kept[id] }])))
watch(readings, () => remember('shelf', readings))

/** How far the reader is with a book of the list. */
export const readingOf = ({ id }: Book): Reading => readings[id] ?? NOTHING

/** What a reader does with the books: it changes the shelf, and is reported. */
export function useShelf() {
  const arunika = useEvents()
  return {
    start(book: Book): void {
      readingOf(book).state = 'started'
      const { id: bookId, title } = book
      arunika.logActivity('book_started', `Began ${title}`, { bookId, title })
    },
    finish(book: Book, stars: number): void {
      Object.assign(readingOf(book), { state: 'finished', stars })
      const { id: bookId, title } = book
      arunika.logActivity('book_finished', `Finished ${title}`, { bookId, title, stars })
    },
    saveNote(book: Book, note: string): void {
      readingOf(book).note = note
      arunika.logActivity('note_saved', undefined, { bookId: book.id, characters: note.length })
    },
  }
}
