import { setTimeout as delay } from 'node:timers/promises'
import { PROBLEM_CONTENT_TYPE } from '@arunika/protocol'
import type { Answer, Exchange } from './faulty-proxy'

/** What becomes of a request. */
export type Behaviour = (exchange: Exchange) => void | Promise<void>

/** The server has it and the client its answer. */
export const pass: Behaviour = async (exchange) => exchange.answer(await exchange.forward())

/** The server commits, and the connection drops before it can say so. */
export const loseAnswer: Behaviour = async (exchange) => {
  await exchange.forward()
  exchange.drop()
}

/** The server commits, and its answer breaks off in the middle. */
export const cutAnswer: Behaviour = async (exchange) => exchange.cut(await exchange.forward())

/** Nobody ever answers. */
export const hang: Behaviour = () => undefined

/** The server does not look at it, and says so by this status. */
export const answerWith = (status: number, headers: Record<string, string> = {}): Behaviour => {
  const body = JSON.stringify({ code: 'made_up', detail: 'A fault of the test' })
  return answer(status, body, { 'content-type': PROBLEM_CONTENT_TYPE, ...headers })
}

/** The server does not look at it: something before it has a page for people. */
export const answerWithPage = (status: number): Behaviour =>
  answer(status, '<!doctype html><title>Log in</title>', { 'content-type': 'text/html; charset=utf-8' })

/** The server does not look at it, and the answer is of no form. */
export const answerWithGarbage: Behaviour = answer(200, Buffer.from([0, 159, 146, 150, 255, 123, 34]), {
  'content-type': 'application/json',
})

/** What comes back is no HTTP. */
export const speakAnotherProtocol: Behaviour = async (exchange) => {
  await exchange.write('220 mail.example.com ESMTP\r\n\r\n')
  exchange.drop()
}

/** The server commits, and of its JSON there is half in an answer that is complete. */
export const halveAnswer: Behaviour = async (exchange) => {
  const whole = await exchange.forward()
  exchange.answer({ ...whole, body: whole.body.subarray(0, whole.body.length / 2) })
}

/** The server commits, and its answer, head and body, comes a byte at a time. */
export const drip =
  (msPerByte: number): Behaviour =>
  async (exchange) => {
    for (const byte of bytesOf(await exchange.forward())) {
      if (!(await exchange.write(Buffer.of(byte)))) return
      await delay(msPerByte)
    }
    exchange.drop()
  }

/** The server itself finds the signature wrong: as where its key is no longer that of the client. */
export const spoilSignature: Behaviour = async (exchange) =>
  exchange.answer(await exchange.forward({ 'x-webhook-signature': `sha256=${'0'.repeat(64)}` }))

/** One behaviour after the other, a request each; then the last for good. */
export function inTurn(...behaviours: [Behaviour, ...Behaviour[]]): Behaviour {
  const [last] = behaviours.slice(-1) as [Behaviour]
  return (exchange) => (behaviours.shift() ?? last)(exchange)
}

/** One behaviour after the other, a request each, over and over. */
export function inCircles(...behaviours: [Behaviour, ...Behaviour[]]): Behaviour {
  let turn = 0
  return (exchange) => behaviours[turn++ % behaviours.length]!(exchange)
}

/** From now on for so long; then all is well. */
export function during(ms: number, behaviour: Behaviour): Behaviour {
  const endsAt = performance.now() + ms
  return (exchange) => (performance.now() < endsAt ? behaviour(exchange) : pass(exchange))
}

function answer(status: number, body: string | Buffer, headers: Answer['headers']): Behaviour {
  return (exchange) => exchange.answer({ status, headers, body: Buffer.from(body) })
}

/** The answer on the wire, with no more headers than it needs. */
function bytesOf({ status, headers, body }: Answer): Buffer {
  const lines = [
    `HTTP/1.1 ${status} OK`,
    `content-type: ${headers['content-type'] ?? ''}`,
    `content-length: ${body.length}`,
    'connection: close',
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body])
}
