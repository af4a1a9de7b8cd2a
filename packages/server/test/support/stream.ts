import { once } from 'node:events'
import { HEADERS, type StreamMessage } from '@arunika/protocol'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'

/** A reader of the stream, and what it has been sent. */
export interface Reader {
  socket: WebSocket
  messages: StreamMessage[]
  /** Resolves once there is a message that passes. */
  until: (passes: (message: StreamMessage) => boolean) => Promise<StreamMessage>
}

/** Opens the stream with an API key. */
export async function readStream(url: string, apiKey: string, query = ''): Promise<Reader> {
  const socket = new WebSocket(`${url}/api/stream${query}`, { headers: { [HEADERS.apiKey]: apiKey } })
  onTestFinished(() => socket.terminate())
  const messages: StreamMessage[] = []
  const listeners = new Set<() => void>()
  socket.on('message', (data: Buffer) => {
    messages.push(JSON.parse(data.toString()) as StreamMessage)
    for (const listener of listeners) listener()
  })
  await once(socket, 'open')

  function until(passes: (message: StreamMessage) => boolean): Promise<StreamMessage> {
    return new Promise((resolve) => {
      const look = () => {
        const found = messages.find(passes)
        if (found === undefined) return
        listeners.delete(look)
        resolve(found)
      }
      listeners.add(look)
      look()
    })
  }
  return { socket, messages, until }
}

/** Whether a message tells of an event. */
export function isAbout(eventId: string): (message: StreamMessage) => boolean {
  return (message) => message.event === 'user_activity' && message.data.eventId === eventId
}
