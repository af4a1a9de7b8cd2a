import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const tag = (name: string) => `<script src="/${encodeURIComponent(name)}.js"></script>`

/** The web site under the benchmark: `/NAME` is a page with the script of that name. */
export interface Site {
  origin: string
  stop(): void
}

/** @param scripts - The source of each script, by its name; every page has `page` too. */
export async function openSite(scripts: ReadonlyMap<string, string>): Promise<Site> {
  const server = createServer((request, response) => {
    const [, name = '', isScript] = /^\/([^/.]*)(\.js)?$/.exec(decodeURIComponent(request.url ?? '')) ?? []
    const script = scripts.get(name)
    if (script === undefined) {
      response.writeHead(404).end()
      return
    }
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html;charset=UTF-8')
    response.setHeader('cache-control', 'no-store')
    response.end(isScript ? script : `<!doctype html><title>Shop</title>${tag('page')}${tag(name)}`)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
