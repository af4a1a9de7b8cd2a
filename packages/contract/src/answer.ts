/** An answer as the scenarios look at it. */
export interface Answer {
  status: number
  /** Without its parameters; `null` where there is no body. */
  mediaType: string | null
  /** Those that are part of the contract. */
  headers: Record<string, string>
  /** `null` where there is none. */
  body: unknown
}

const HEADERS = [
  'access-control-allow-headers',
  'access-control-allow-methods',
  'access-control-allow-origin',
  'access-control-expose-headers',
  'access-control-max-age',
  'allow',
  'retry-after',
  'vary',
  'www-authenticate',
]

/** Reads a response to its end. */
export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  const mediaType = response.headers.get('content-type')?.split(';')[0] ?? null
  const headers: Record<string, string> = {}
  for (const name of HEADERS) {
    const value = response.headers.get(name)
    if (value !== null) headers[name] = value
  }
  return {
    status: response.status,
    mediaType,
    headers,
    body: text === '' ? null : (JSON.parse(text) as unknown),
  }
}
