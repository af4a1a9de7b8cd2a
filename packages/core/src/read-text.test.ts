import { describe, expect, it, vi } from 'vitest'
import { readText } from './read-text'

function responseOf(chunks: Uint8Array[], onCancel: () => void = () => undefined): Response {
  const waiting = [...chunks]
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = waiting.shift()
      if (chunk === undefined) controller.close()
      else controller.enqueue(chunk)
    },
    cancel: onCancel,
  })
  return new Response(body)
}

describe('the text of a response', () => {
  it('is whole where a character is cut in two', async () => {
    const bytes = new TextEncoder().encode('pagi 🌅')
    expect(await readText(responseOf([bytes.slice(0, 7), bytes.slice(7)]), 100)).toBe('pagi 🌅')
  })

  it('is empty where there is no body', async () => {
    expect(await readText(new Response(null), 100)).toBe('')
  })

  it('may be as large as the cap, and is not read beyond it', async () => {
    const chunk = new Uint8Array(10).fill(0x61)
    expect(await readText(responseOf([chunk, chunk]), 20)).toBe('a'.repeat(20))
    const onCancel = vi.fn()
    expect(await readText(responseOf(Array<Uint8Array>(1_000).fill(chunk), onCancel), 19)).toBeNull()
    expect(onCancel).toHaveBeenCalledOnce()
  })
})
