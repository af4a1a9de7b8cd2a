import { createArunikaMock } from '@arunika/testing'
import { getResponse } from 'msw'
import type { TargetStarter } from '../target'

/** The handlers that users take for their tests, asked directly: nothing of this process's network is replaced. */
export const mswHandlers: TargetStarter = {
  name: 'the msw handlers',
  start(now) {
    const mock = createArunikaMock({ now })
    return Promise.resolve({
      endpoint: mock.endpoint,
      operatorToken: mock.operatorToken,
      async fetch(request) {
        const response = await getResponse([...mock.handlers], request)
        if (!response) throw new Error(`no handler for ${request.method} ${request.url}`)
        return response
      },
      createApp: (options) => Promise.resolve(mock.createApp(options)),
      revokeKey(apiKey) {
        mock.revokeKey(apiKey)
        return Promise.resolve()
      },
      close: () => Promise.resolve(),
    })
  },
}
