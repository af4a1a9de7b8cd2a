import { nextTick } from 'vue'
import { createRouter, createWebHistory } from 'vue-router'
import BookPage from './pages/book-page.vue'
import NotFoundPage from './pages/not-found-page.vue'
import ReaderPage from './pages/reader-page.vue'
import ShelfPage from './pages/shelf-page.vue'

/** The pages of the list. Each is a page view, which `createArunika` reports. */
export const router = createRouter({
  history: createWebHistory(),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/', name: 'shelf', component: ShelfPage },
    { path: '/books/:bookId', name: 'book', component: BookPage, props: true },
    { path: '/reader', name: 'reader', component: ReaderPage },
    { path: '/:path(.*)', name: 'not-found', component: NotFoundPage },
  ],
})

// Keyboard and screen reader go on at the beginning of the new page.
router.afterEach((_to, from, failure) => {
  if (failure || from.matched.length === 0) return
  void nextTick(() => document.getElementById('page')?.focus({ preventScroll: true }))
})
