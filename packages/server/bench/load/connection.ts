import { once } from 'node:events'
import { connect } from 'node:net'

interface Answer {
  status: number
  body: string
}

/** Sends a whole request, head and body, and gives what answers it; one at a time. */
export type Send = (request: Buffer) => Promise<Answer>

interface Waiting {
  resolve: (answer: Answer) => void
  reject: (error: Error) => void
}

/**
 * Opens a connection that stays. On a bare socket, since Node's HTTP client takes about as much of the processor for a request as
 * the server does, and both have the same two cores.
 */
export async function openConnection(url: string): Promise<{ send: Send; close: () => void }> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  await once(socket, 'connect')
  let waiting: Waiting | undefined
  let received = ''
  socket.setEncoding('latin1')
  socket.on('data', (text: string) => {
    received += text
    const answer = answerIn(received)
    if (answer === null) return
    received = ''
    waiting?.resolve(answer)
  })
  socket.on('error', (error) => waiting?.reject(error))
  socket.on('close', () => waiting?.reject(new Error('The server has closed the connection')))

  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        socket.write(request)
      }),
    close: () => socket.destroy(),
  }
}

/** `null` where it is not all there yet. */
function answerIn(text: string): Answer | null {
  const headEnd = text.indexOf('\r\n\r\n')
  if (headEnd < 0) return null
  const head = text.slice(0, headEnd)
  const length = /^content-length: *(\d+)/im.exec(head)?.[1]
  if (length === undefined) throw new Error(`An answer without a length: ${head}`)
  const body = text.slice(headEnd + 4)
  return body.length < Number(length) ? null : { status: Number(head.slice(9, 12)), body }
}
