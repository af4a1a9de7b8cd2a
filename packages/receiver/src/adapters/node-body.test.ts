import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { type NodeBody, readNodeBody } from './node-body'

function requestOf(chunks: Uint8Array[], more: { end?: boolean; body?: unknown; rawBody?: unknown } = {}) {
  const { end = true, ...fields } = more
  const stream = new Readable({ read: () => undefined })
  for (const chunk of chunks) stream.push(chunk)
  if (end) stream.push(null)
  return Object.assign(stream, { headers: {} }, fields) satisfies NodeBody
}

const bytes = (text: string) => new TextEncoder().encode(text)

describe('the body of a Node request', () => {
  it('is its chunks, one after the other', async () => {
    expect(await readNodeBody(requestOf([bytes('ab'), bytes('c')]), 3)).toEqual(bytes('abc'))
    expect(await readNodeBody(requestOf([]), 3)).toEqual(new Uint8Array())
  })

  it('is what a middleware kept, the raw bytes before what a parser made', async () => {
    const request = requestOf([], { rawBody: bytes('{"a":1}'), body: { a: 1 } })
    expect(await readNodeBody(request, 10)).toEqual(bytes('{"a":1}'))
    expect(await readNodeBody(requestOf([], { body: '{"a":1}' }), 10)).toBe('{"a":1}')
  })

  it('is too large at the first byte over the bound, and is read no further', async () => {
    const request = requestOf([bytes('ab'), bytes('cd')], { end: false })
    await expect(readNodeBody(request, 3)).rejects.toMatchObject({ code: 'body_too_large' })
    expect(request.isPaused()).toBe(true)
    expect(request.listenerCount('data')).toBe(0)
  })

  it('is empty where somebody came to the end of the stream and met no byte', async () => {
    const request = requestOf([], { body: {} })
    await request.toArray()
    expect(await readNodeBody(request, 3)).toEqual(new Uint8Array())
  })

  it('is incomplete where the stream fails, with the cause', async () => {
    const cause = new Error('reset')
    const request = requestOf([bytes('ab')], { end: false })
    const read = readNodeBody(request, 3)
    request.destroy(cause)
    await expect(read).rejects.toMatchObject({ code: 'body_incomplete', cause })
  })

  it('is incomplete where the stream is closed without a word, before or while it is read', async () => {
    const request = requestOf([bytes('ab')], { end: false })
    const read = readNodeBody(request, 3)
    request.destroy()
    await expect(read).rejects.toMatchObject({ code: 'body_incomplete' })
    const gone = requestOf([]).destroy()
    await expect(readNodeBody(gone, 3)).rejects.toMatchObject({ code: 'body_incomplete' })
  })

  it('is parsed where somebody has read it, or has had it turned into text', async () => {
    const read = requestOf([bytes('ab')])
    await read.toArray()
    await expect(readNodeBody(read, 3)).rejects.toMatchObject({ code: 'body_parsed' })
    const text = requestOf([bytes('ab')]).setEncoding('utf8')
    await expect(readNodeBody(text, 3)).rejects.toMatchObject({ code: 'body_parsed' })
  })

  it('leaves no listener behind', async () => {
    const request = requestOf([bytes('ab')])
    const before = request.eventNames()
    await readNodeBody(request, 3)
    expect(request.eventNames()).toEqual(before)
  })
})
