import { createRequire } from 'node:module'
import { DESCRIPTION, metadataOf, TYPE, userOf } from './event.mjs'

/** Signed, by its defaults. */
export function start({ folder, endpoint, settings }) {
  const { Arunika } = createRequire(`${folder}/`)('@arunika/node')
  const arunika = new Arunika({
    appId: 'app_bench',
    apiKey: `sk_test_${'k'.repeat(43)}`,
    endpoint,
    ...settings,
  })
  arunika.on('dropped', ({ reason }) => console.error(`dropped: ${reason}`))
  arunika.on('error', (error) => console.error(error.message))
  return {
    log: (index) => arunika.logActivity(userOf(index), TYPE, DESCRIPTION, metadataOf(index)),
    flush: () => arunika.flush(),
  }
}
