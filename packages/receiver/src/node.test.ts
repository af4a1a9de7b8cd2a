import { afterEach, expect, it, vi } from 'vitest'
import type { NodeRequest } from './adapters/node-request'
import type { WebhookEndpoint } from './incoming-webhook'
import { nodeReceiver } from './node'

const request = {
  headers: {},
  rawHeaders: [],
  body: '',
  complete: true,
  socket: {},
} as unknown as NodeRequest
const answer = { status: 200, headers: { 'x-a': 'b' }, body: 'received' }

/** As Node's: whoever answers a second time gets an error. */
function responseOf(state: object = {}) {
  let isSent = false
  return {
    statusCode: 0,
    setHeader: vi.fn(() => {
      if (isSent) throw new Error('ERR_HTTP_HEADERS_SENT')
    }),
    end: vi.fn(() => {
      isSent = true
    }),
    ...state,
  }
}

const complaint = vi.spyOn(console, 'error').mockImplementation(() => undefined)
afterEach(() => complaint.mockClear())

it.each([{ headersSent: true }, { destroyed: true }])(
  'leaves the answer of the host alone: %o',
  async (state) => {
    const handle = vi.fn(() => Promise.resolve(answer))
    const response = responseOf(state)
    nodeReceiver({ handle })(request, response)
    await handle.mock.results[0]?.value
    await Promise.resolve()
    expect(response.setHeader).not.toHaveBeenCalled()
    expect(response.end).not.toHaveBeenCalled()
    expect(complaint).not.toHaveBeenCalled()
  },
)

it.each<[string, WebhookEndpoint['handle']]>([
  ['that rejects', () => Promise.reject(new Error('broken'))],
  [
    'that throws',
    () => {
      throw new Error('broken')
    },
  ],
  ['whose answer is none', () => Promise.resolve(undefined as never)],
])('answers 500 for an endpoint of your own %s, and leaves no rejection', async (_, handle) => {
  const response = responseOf()
  nodeReceiver({ handle })(request, response)
  await vi.waitFor(() => expect(response.end).toHaveBeenCalledTimes(1))
  expect(response.statusCode).toBe(500)
  expect(complaint).toHaveBeenCalledExactlyOnceWith('A webhook was not answered:', expect.any(Error))
})

it('leaves no rejection where nothing can be written at all', async () => {
  const response = responseOf()
  response.setHeader.mockImplementation(() => {
    throw new Error('gone')
  })
  nodeReceiver({ handle: () => Promise.resolve(answer) })(request, response)
  await vi.waitFor(() => expect(complaint).toHaveBeenCalledTimes(1))
})
