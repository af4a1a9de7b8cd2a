import { HEADERS, SESSION_COOKIE } from '@arunika/protocol'
import { describe, expect, it } from 'vitest'
import { startClient } from '../test/support/client'
import { ingestFetch } from '../test/support/ingest-fetch'
import { forRequest, type RequestHeaders, type RequestOptions } from './for-request'

const SESSION = '0191d3a8-7c1e-7abc-8def-0123456789ab'
const OTHER = '0191d3a8-7c1e-7abc-8def-ba9876543210'

type Request = { headers: RequestHeaders }

function setUp(options?: RequestOptions<Request>) {
  const { fetch, requests } = ingestFetch()
  const { arunika, told } = startClient('http://localhost', { fetch })
  const clientOf = (headers: RequestHeaders) => forRequest(arunika, { headers }, options)
  const identifiers = async () => {
    await arunika.flush()
    return requests.flatMap(({ events }) => events.map(({ identifier }) => identifier))
  }
  return { clientOf, identifiers, told }
}

/** The session of what a request with these headers reports; a user is known too, so that it is an event in any case. */
async function sessionFrom(headers: RequestHeaders): Promise<string | undefined> {
  const { clientOf, identifiers } = setUp({ user: () => 'user-42' })
  clientOf(headers).logActivity('order_placed')
  const [identifier] = await identifiers()
  expect(identifier).toMatchObject({ userId: 'user-42' })
  return identifier?.sessionId
}

describe.each<[string, (headers: Record<string, string>) => RequestHeaders]>([
  ['Node’s headers', (headers) => headers],
  ['the headers of the Fetch API', (headers) => new Headers(headers)],
])('the session in %s', (_form, headersOf) => {
  const read = (headers: Record<string, string>) => sessionFrom(headersOf(headers))

  it('is read of the header', async () => {
    await expect(read({ [HEADERS.session]: SESSION })).resolves.toBe(SESSION)
  })

  it.each([
    ['alone', `${SESSION_COOKIE}=${SESSION}`],
    ['first of several', `${SESSION_COOKIE}=${SESSION}; theme=dark`],
    ['among several', `theme=dark; ${SESSION_COOKIE}=${SESSION}; lang=id`],
    ['after one whose name ends the same', `not_${SESSION_COOKIE}=${OTHER}; ${SESSION_COOKIE}=${SESSION}`],
    ['without a space between', `theme=dark;${SESSION_COOKIE}=${SESSION};lang=id`],
  ])('is read of the cookie %s', async (_, cookie) => {
    await expect(read({ cookie })).resolves.toBe(SESSION)
  })

  it('is the header’s where the cookie names another', async () => {
    const cookie = `${SESSION_COOKIE}=${OTHER}`
    await expect(read({ [HEADERS.session]: SESSION, cookie })).resolves.toBe(SESSION)
  })

  it('is the cookie’s where the header is none', async () => {
    const cookie = `${SESSION_COOKIE}=${SESSION}`
    await expect(read({ [HEADERS.session]: 'undefined', cookie })).resolves.toBe(SESSION)
  })

  it.each([
    ['junk', 'junk'],
    ['empty', ''],
    ['two in one', `${SESSION}, ${OTHER}`],
    ['a UUID of version 4', '9b2d7e0a-5c41-4f6a-8b3d-1e2f3a4b5c6d'],
    ['quoted', `"${SESSION}"`],
    ['very long', SESSION + 'a'.repeat(60_000)],
    ['cut short', SESSION.slice(0, -1)],
  ])('is none where what is there is %s', async (_, value) => {
    await expect(read({ [HEADERS.session]: value })).resolves.toBeUndefined()
    await expect(read({ cookie: `${SESSION_COOKIE}=${value}` })).resolves.toBeUndefined()
  })
})

describe('the session of a request', () => {
  it('is none where the header came twice', async () => {
    const once: RequestHeaders = { [HEADERS.session]: [SESSION] }
    await expect(sessionFrom(once)).resolves.toBe(SESSION)
    const twice: RequestHeaders = { [HEADERS.session]: [SESSION, OTHER] }
    await expect(sessionFrom(twice)).resolves.toBeUndefined()
    const appended = new Headers([
      [HEADERS.session, SESSION],
      [HEADERS.session, OTHER],
    ])
    await expect(sessionFrom(appended)).resolves.toBeUndefined()
  })

  it('is none where neither header is there', async () => {
    await expect(sessionFrom({})).resolves.toBeUndefined()
    await expect(sessionFrom(new Headers())).resolves.toBeUndefined()
  })
})

describe('the user of a request', () => {
  const headers = { [HEADERS.session]: SESSION }

  it('is asked for at each call, with the request: a person may sign in meanwhile', async () => {
    const signedIn: { userId?: string } = {}
    const asked: Request[] = []
    const { clientOf, identifiers } = setUp({
      user(request) {
        asked.push(request)
        return signedIn.userId
      },
    })
    const visitor = clientOf(headers)
    expect(asked).toEqual([])
    visitor.logActivity('cart_opened')
    signedIn.userId = 'user-42'
    visitor.logActivity('signed_in')
    visitor.identify({ email: 'sari@example.com' })
    visitor.registerUser({ userId: 'user-42', email: 'sari@example.com' })
    await expect(identifiers()).resolves.toEqual([
      { sessionId: SESSION },
      { sessionId: SESSION, userId: 'user-42' },
      { sessionId: SESSION, userId: 'user-42', email: 'sari@example.com' },
      { sessionId: SESSION, userId: 'user-42', email: 'sari@example.com' },
    ])
    expect(asked.every((request) => request.headers === headers)).toBe(true)
    expect(asked).toHaveLength(4)
  })

  it.each<[string, RequestOptions<Request>, object]>([
    ['left out', {}, {}],
    ['null', { user: () => null }, {}],
    ['undefined', { user: () => undefined }, {}],
    ['an id', { user: () => 'user-42' }, { userId: 'user-42' }],
    ['an identifier', { user: () => ({ email: 'sari@example.com' }) }, { email: 'sari@example.com' }],
    [
      'an identifier with a field undefined',
      { user: () => ({ userId: 'u', email: undefined }) },
      { userId: 'u' },
    ],
  ])('may be %s, beside the session', async (_, options, expected) => {
    const { clientOf, identifiers, told } = setUp(options)
    clientOf(headers).logActivity('order_placed')
    await expect(identifiers()).resolves.toEqual([{ sessionId: SESSION, ...expected }])
    expect(told.error).toEqual([])
  })

  it('may name a session of its own', async () => {
    const { clientOf, identifiers } = setUp({ user: () => ({ sessionId: OTHER }) })
    clientOf(headers).logActivity('order_placed')
    await expect(identifiers()).resolves.toEqual([{ sessionId: OTHER }])
  })

  const broken = () => {
    throw new Error('the store of sessions is down')
  }
  it.each<[string, () => never]>([
    ['throws', broken],
    ['gives a number', () => 42 as never],
    ['gives a promise', () => Promise.resolve('user-42') as never],
    ['gives a promise that rejects', () => Promise.reject(new Error('down')) as never],
  ])('costs no event where its function %s: it is told of, and the session counts', async (_, user) => {
    const { clientOf, identifiers, told } = setUp({ user })
    const visitor = clientOf(headers)
    expect(visitor.logActivity('order_placed')).toBe(true)
    visitor.registerUser({ userId: 'user-42', email: 'sari@example.com' })
    await expect(identifiers()).resolves.toEqual([
      { sessionId: SESSION },
      { sessionId: SESSION, userId: 'user-42', email: 'sari@example.com' },
    ])
    expect(told.error).toMatchObject([{ name: 'ListenerError' }, { name: 'ListenerError' }])
    expect(told.rejected).toEqual([])
  })
})

it('an event of nobody is rejected, and the call throws nothing', () => {
  const { clientOf, told } = setUp({ user: () => null })
  clientOf({ [HEADERS.session]: 'junk' }).logActivity('order_placed')
  expect(told.rejected).toMatchObject([{ code: 'missing_identifier', event: { eventType: 'order_placed' } }])
})
