import type { IncomingWebhook } from '../incoming-webhook'
import { readNodeBody, type NodeBody } from './node-body'

/** What the adapters need of Node's `IncomingMessage`, and of the frameworks that add to it. */
export interface NodeRequest extends NodeBody {
  readonly rawHeaders: readonly string[]
  readonly complete: boolean
  readonly method?: string | undefined
  readonly url?: string | undefined
  /** Express cuts what `app.use` has matched off the `url`, and keeps the whole here. */
  readonly originalUrl?: string
  readonly socket: { readonly remoteAddress?: string | undefined; readonly encrypted?: boolean }
}

/** The request for the receiver. Nothing of the body is read yet. */
export function incomingFrom(request: NodeRequest): IncomingWebhook {
  const { rawHeaders, method = 'POST', socket } = request
  return {
    headers: rawHeaders,
    method,
    url: urlOf(request),
    ...(socket.remoteAddress !== undefined && { remoteAddress: socket.remoteAddress }),
    body: (maxBytes) => readNodeBody(request, maxBytes),
  }
}

/** As far as this process knows it: behind a proxy, schemes that sign the URL are told the public one. */
function urlOf({ headers, url = '/', originalUrl = url, socket }: NodeRequest): string {
  // A proxy may be asked by the whole URL.
  if (!originalUrl.startsWith('/')) return originalUrl
  // HTTP/2 has `:authority` in its place.
  const host = headers.host ?? headers[':authority'] ?? 'localhost'
  return `${socket.encrypted ? 'https' : 'http'}://${host}${originalUrl}`
}
