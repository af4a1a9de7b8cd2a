import { post } from '@arunika/core'
import type { Transport, TransportOptions } from './transport'

/** The transport of an app that brings its own `fetch`. */
export function createFetchTransport(options: TransportOptions, fetch: typeof globalThis.fetch): Transport {
  return async (request) => {
    let date: string | null = null
    const reply = await post({
      ...options,
      ...request,
      async fetch(input, init) {
        const response = await fetch(input, init)
        date = response.headers.get('date')
        return response
      },
    })
    return { ...reply, date }
  }
}
