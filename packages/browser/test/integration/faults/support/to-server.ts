import { once } from 'node:events'
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** What a server says to a request. */
export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/** Gives a request to the server as it came, but for the headers that are of one connection only. */
export async function toServer(
  upstream: string,
  { url, method, headers }: Pick<IncomingMessage, 'url' | 'method' | 'headers'>,
  body: Buffer,
): Promise<Answer> {
  const kept = withoutConnection(headers)
  const sent = httpRequest(new URL(url ?? '', upstream), { method, headers: kept, agent: false })
  sent.end(body)
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  return {
    status: response.statusCode ?? 0,
    headers: withoutConnection(response.headers),
    body: await buffer(response),
  }
}

function withoutConnection(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const ofOneConnection = ['host', 'connection', 'keep-alive', 'transfer-encoding', 'content-length']
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofOneConnection.includes(name)))
}
