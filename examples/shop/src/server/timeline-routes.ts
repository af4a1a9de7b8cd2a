import { Router } from 'express'
import { visitorOf } from './recognise-visitor'
import type { TimelineRelay } from './timeline-relay'

/** How often something is written, in milliseconds, so that a browser which is gone is noticed. */
const HEARTBEAT_MS = 15_000

/** What may wait for a browser that reads too slowly, in bytes; it is cut then, and comes back. */
const MAX_WAITING_BYTES = 1_048_576

/** `GET /my-timeline`: the visitor's own timeline as it grows, as Server-Sent Events. */
export function timelineRoutes(relay: TimelineRelay): Router {
  const router = Router()

  router.get('/my-timeline', (_request, response) => {
    response.set({
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    })
    response.flushHeaders()
    const write = (text: string): void => {
      response.write(text)
      if (response.writableLength > MAX_WAITING_BYTES) response.destroy()
    }
    const close = relay.open(visitorOf(response), (message) => {
      write(`data: ${JSON.stringify(message)}\n\n`)
    })
    const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS)
    response.on('close', () => {
      clearInterval(heartbeat)
      close()
    })
  })

  return router
}
