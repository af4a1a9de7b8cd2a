import { PROBLEM_CONTENT_TYPE } from '@arunika/protocol'
import { setTimeout as delay } from 'node:timers/promises'
import type { Behaviour } from './faulty-proxy'

/** The server has it and the page its answer. */
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

/** The network takes its time. */
export const slow =
  (ms: number): Behaviour =>
  async (exchange) => {
    await delay(ms)
    await pass(exchange)
  }

/** The server does not look at it, and says so by this status. A page may read the answer as it may the server's own. */
export const answerWith =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  async (exchange) => {
    const cors = await exchange.corsHeaders()
    const body = Buffer.from(JSON.stringify({ code: 'made_up', detail: 'A fault of the test' }))
    exchange.answer({ status, headers: { ...cors, 'content-type': PROBLEM_CONTENT_TYPE, ...headers }, body })
  }

/** A proxy before the server that finds more than so many events too large. */
export const refuseAbove =
  (maxEvents: number): Behaviour =>
  (exchange) =>
    (exchange.body.events?.length ?? 0) > maxEvents ? answerWith(413)(exchange) : pass(exchange)

/** One behaviour after the other, a request each; then the last for good. */
export function inTurn(...behaviours: [Behaviour, ...Behaviour[]]): Behaviour {
  const [last] = behaviours.slice(-1) as [Behaviour]
  return (exchange) => (behaviours.shift() ?? last)(exchange)
}
