// One subject in a process of its own: reports events as fast as its caller can without waiting for it, then has it send what
// waits. Plain JavaScript, so that no loader stands between Node and the SDK.
import { argv, cpuUsage, exit, resourceUsage } from 'node:process'
import { setImmediate, setTimeout as sleep } from 'node:timers/promises'

const { driver, folder, endpoint, settings, events, slice, warmUp, flushMs } = JSON.parse(argv[2])

const { start } = await import(`./subjects/${driver}.mjs`)
const { log, flush } = await start({ endpoint, folder, settings })

const startedAt = Date.now()
const cpuStart = cpuUsage()
let callsMs = 0
for (let index = 0; index < events;) {
  const end = Math.min(index + slice, events)
  const isMeasured = index >= warmUp
  const sliceStart = performance.now()
  while (index < end) log(index++)
  if (isMeasured) callsMs += performance.now() - sliceStart
  // Lets the SDK work, and does not wait for it.
  await setImmediate()
}
const callUs = (callsMs * 1_000) / (events - warmUp)

process.on('message', () => {
  const { user, system } = cpuUsage(cpuStart)
  const { maxRSS } = resourceUsage()
  process.send({ startedAt, callUs, cpuMs: (user + system) / 1_000, rssMb: maxRSS / 1_024 })
})
process.on('disconnect', () => exit())
await Promise.race([flush(), sleep(flushMs)])
process.send('flushed')
