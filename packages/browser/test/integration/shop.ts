import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

const APP = '<script type="module" src="/app.js"></script>'
// Only once it is shown: what a page does while it loads makes no entry in the history.
const BACK = `<script>addEventListener('pageshow', () => setTimeout(() => history.back()))</script>`

/** What the pages hold whose path is one of these; all others hold the app. */
const SPECIAL_PAGES: Record<string, string> = { '/empty': '', '/back': BACK, '/app/back': APP + BACK }

/** A web site whose every path is a page with this script, but for the special ones. Closed when the test ends. */
export async function openShop(script: string): Promise<string> {
  const server = createServer(({ url = '' }, response) => {
    const isScript = url === '/app.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html;charset=UTF-8')
    response.end(isScript ? script : `<!doctype html><title>Shop</title>${SPECIAL_PAGES[url] ?? APP}`)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
