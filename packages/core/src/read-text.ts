/** The text of a response, or `null` where it is larger than `maxBytes`; what is beyond is not read. */
export async function readText(response: Response, maxBytes: number): Promise<string | null> {
  // None, or a polyfill's response, which has no stream.
  if (!response.body) return response.text()
  let leftBytes = maxBytes
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      leftBytes -= chunk.byteLength
      if (leftBytes < 0) controller.terminate()
      else controller.enqueue(chunk)
    },
  })
  const text = await new Response(response.body.pipeThrough(counted)).text()
  return leftBytes < 0 ? null : text
}
