/** The text of a response, or `null` where it is larger than `maxBytes`; what is beyond is not read. */
export async function readText(response: Response, maxBytes: number): Promise<string | null> {
  // None, or a polyfill's response, which has no stream.
  if (!response.body) return response.text()
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    bytes += value.byteLength
    if (bytes > maxBytes) {
      await reader.cancel()
      return null
    }
    text += decoder.decode(value, { stream: true })
  }
}
