import type { Duplex } from 'node:stream'
import type { Socket } from 'node:net'
import { PROBLEM_CONTENT_TYPE } from '@arunika/protocol'
import { ProblemError } from '../errors/problem-error'

/** Answers what is not HTTP, or came too slowly to be read: no route sees it, and nothing of it was stored. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const refusal =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? // Not a 400, which a sender takes as final.
        new ProblemError('unavailable', 'The request took too long to arrive', {
          headers: { 'retry-after': '1' },
        })
      : new ProblemError('invalid_request', 'The request is not HTTP that can be read')
  endWith(refusal, socket)
}

/** Answers on a connection that HTTP has let go of, and ends it. */
export function endWith(refusal: ProblemError, socket: Duplex): void {
  socket.end(rawAnswer(refusal), () => socket.destroy())
}

function rawAnswer(refusal: ProblemError): string {
  const { status, title } = refusal.toProblem()
  const body = JSON.stringify(refusal.toProblem())
  const headers = {
    ...refusal.headers,
    'content-type': PROBLEM_CONTENT_TYPE,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${title}\r\n${lines.join('')}\r\n${body}`
}
