import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startIngestServer } from '../support/ingest-server'
import { runProgram } from '../support/run-program'

let server: Awaited<ReturnType<typeof startIngestServer>>
let folder: string
beforeEach(async () => {
  server = await startIngestServer()
  // Inside the package, so that the program finds it by its name.
  folder = await mkdtemp(fileURLToPath(new URL('../fixtures/readme-', import.meta.url)))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
  await server.close()
})

it('runs the first example of the README', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
  const example = /```ts\n(.*?)```/s.exec(readme)![1]!
  const program = join(folder, 'example.ts')
  await writeFile(program, example)

  const { code, stderr } = await runProgram(pathToFileURL(program), server.endpoint)

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(server.requests).toHaveLength(1)
  expect(server.requests[0]!.signature).toEqual({ ok: true })
  expect(server.requests[0]!.events).toMatchObject([
    { eventType: 'user_registered', identifier: { userId: 'user-42', email: 'sari@example.com' } },
    { eventType: 'payment_processed', eventData: { orderId: 'A-7', amount: 19.9 } },
  ])
})
