import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { ProblemError } from '../errors/problem-error'

/** Refuses with a problem the heads of requests that Node, left to itself, refuses with an empty body. */
export function checkHeads(app: FastifyInstance): void {
  const unknownExpectations = new WeakSet<IncomingMessage>()
  app.server.on('checkExpectation', (request, response) => {
    unknownExpectations.add(request)
    app.server.emit('request', request, response)
  })

  app.addHook('onRequest', ({ raw }, _reply, done) => {
    if (raw.httpVersion === '1.1' && raw.headers.host === undefined) {
      done(new ProblemError('invalid_request', 'The Host header is missing'))
    } else if (unknownExpectations.has(raw)) {
      done(
        new ProblemError('invalid_request', 'The Expect header asks for something other than 100-continue'),
      )
    } else {
      done()
    }
  })
}
