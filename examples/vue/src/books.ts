/** A book of the list. */
export interface Book {
  id: string
  title: string
  author: string
  year: number
  pages: number
  /** How it begins. */
  opening: string
  /** The colours of its cover, from the sky down to the ground, and of the sun. */
  cover: { sky: string; haze: string; ground: string; sun: string }
}

export const BOOKS: readonly Book[] = [
  {
    id: 'walden',
    title: 'Walden',
    author: 'Henry David Thoreau',
    year: 1854,
    pages: 352,
    opening:
      'When I wrote the following pages, or rather the bulk of them, I lived alone, in the woods, a mile from any neighbor.',
    cover: { sky: '#1f4e4a', haze: '#6ea58d', ground: '#0f2b2a', sun: '#f3d38b' },
  },
  {
    id: 'middlemarch',
    title: 'Middlemarch',
    author: 'George Eliot',
    year: 1871,
    pages: 880,
    opening: 'Miss Brooke had that kind of beauty which seems to be thrown into relief by poor dress.',
    cover: { sky: '#4a3560', haze: '#c08497', ground: '#241a33', sun: '#ffd9a0' },
  },
  {
    id: 'my-antonia',
    title: 'My Ántonia',
    author: 'Willa Cather',
    year: 1918,
    pages: 244,
    opening:
      'I first heard of Ántonia on what seemed to me an interminable journey across the great midland plain of North America.',
    cover: { sky: '#a44a24', haze: '#eeb46a', ground: '#4f220f', sun: '#fff0cf' },
  },
  {
    id: 'the-moonstone',
    title: 'The Moonstone',
    author: 'Wilkie Collins',
    year: 1868,
    pages: 528,
    opening:
      'In the first part of Robinson Crusoe, at page one hundred and twenty-nine, you will find it thus written.',
    cover: { sky: '#16233f', haze: '#3f5f8c', ground: '#0a1122', sun: '#e8ecf5' },
  },
  {
    id: 'a-room-with-a-view',
    title: 'A Room with a View',
    author: 'E. M. Forster',
    year: 1908,
    pages: 256,
    opening: '“The Signora had no business to do it,” said Miss Bartlett, “no business at all.”',
    cover: { sky: '#356a86', haze: '#a9c9c4', ground: '#7a4a35', sun: '#fbe3b4' },
  },
  {
    id: 'the-voyage-out',
    title: 'The Voyage Out',
    author: 'Virginia Woolf',
    year: 1915,
    pages: 432,
    opening:
      'As the streets that lead from the Strand to the Embankment are very narrow, it is better not to walk down them arm-in-arm.',
    cover: { sky: '#7c3f58', haze: '#e29a86', ground: '#2b2747', sun: '#ffe2bd' },
  },
]

/** The book with this id, if the list has it. */
export const bookOf = (id: string): Book | undefined => BOOKS.find((book) => book.id === id)
