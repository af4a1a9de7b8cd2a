import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startIngestServer } from '../support/ingest-server'
import { runProgram } from '../support/run-program'

let server: Awaited<ReturnType<typeof startIngestServer>>
beforeEach(async () => {
  server = await startIngestServer()
})
afterEach(() => server.close())

describe('a process', () => {
  it('delivers by await using before it ends', async () => {
    const { code, stdout, stderr, tookMs } = await runProgram(
      new URL('../fixtures/await-using.ts', import.meta.url),
      server.endpoint,
    )
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: 'delivered first\ndelivered second\n',
      stderr: '',
    })
    expect(server.requests.map(({ signature }) => signature)).toEqual([{ ok: true }])
    expect(tookMs).toBeLessThan(8_000) // below the 10 s of a shutdown, whose timer would have held it
  })

  it('ends by itself while events wait, and loses them where it did not shut down, as the README says', async () => {
    const { code, stdout, stderr } = await runProgram(
      new URL('../fixtures/ends-without-shutdown.ts', import.meta.url),
      server.endpoint,
    )
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'main has ended\n', stderr: '' })
    expect(server.requests).toEqual([])
  })

  it('ends after its shutdown though the server hangs', async () => {
    server.script.push(() => undefined)
    const { code, stdout, tookMs } = await runProgram(
      new URL('../fixtures/shuts-down.ts', import.meta.url),
      server.endpoint,
    )
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'dropped first shutdown\nshut down\n' })
    expect(tookMs).toBeLessThan(8_000) // below requestTimeoutMs, for which the request would have held it
  })

  it('lives until its shutdown is over though no server is there', async () => {
    await server.close()
    const { code, stdout } = await runProgram(
      new URL('../fixtures/shuts-down.ts', import.meta.url),
      server.endpoint,
    )
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'dropped first shutdown\nshut down\n' })
  })

  it('is not ended by a flush that failed and that nobody waits for', async () => {
    await server.close()
    const { code, stdout, stderr } = await runProgram(
      new URL('../fixtures/flushes-unwatched.ts', import.meta.url),
      server.endpoint,
    )
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'still here\n', stderr: '' })
  })
})
