import { expect, it } from 'vitest'
import { listenToOthers } from './postgres-notices'

it('tells that nothing can be heard, rather than to be silent', async () => {
  let stop: () => Promise<void> = () => Promise.resolve()
  const error = await new Promise((resolve) => {
    stop = listenToOthers('postgres://127.0.0.1:1/none', () => undefined, resolve)
  })
  await stop()
  expect(error).toMatchObject({ code: 'ECONNREFUSED' })
})
