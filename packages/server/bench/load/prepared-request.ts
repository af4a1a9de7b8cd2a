import type { Target } from './load'

/** A request whose bytes are made before the clock starts. */
export interface PreparedRequest {
  bytes: Buffer
  /** Where in the bytes the time of sending is. */
  sentAt: number
  events: number
}

/** The field that comes first in a body, so that its place is known. */
const SENT_AT = '{"sentAt":"'

/**
 * @param body - All but `sentAt`.
 * @param headers - Beside those that every request has.
 */
export function prepareRequest(
  { url }: Pick<Target, 'url'>,
  path: string,
  body: object,
  { events, headers = {} }: { events: number; headers?: Record<string, string> },
): PreparedRequest {
  const text = Buffer.from(JSON.stringify({ sentAt: new Date().toISOString(), ...body }))
  const head = [
    `POST ${path} HTTP/1.1`,
    `host: ${new URL(url).host}`,
    'content-type: application/json',
    `content-length: ${text.length}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ].join('\r\n')
  const bytes = Buffer.concat([Buffer.from(`${head}\r\n\r\n`), text])
  return { bytes, sentAt: bytes.length - text.length + SENT_AT.length, events }
}

/** As an SDK says it: a server takes a batch that says nothing, or an old time, for one of a clock that is wrong. */
export function stampSentAt({ bytes, sentAt }: PreparedRequest): void {
  bytes.write(new Date().toISOString(), sentAt, 'latin1')
}
