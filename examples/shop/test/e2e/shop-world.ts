import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Activity, Page as ListPage, User } from '@arunika/protocol'
import { chromium, type Browser } from 'playwright-core'
import { chromiumArgs, chromiumPath } from '../../../../scripts/chromium.mjs'
import { startProgram, type Program } from './program'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const serverScript = join(root, 'packages/server/dist/cli.js')
const shopScript = join(root, 'examples/shop/dist/server.js')

/** The built server, the built shop and a browser, on a data folder of their own. */
export class ShopWorld {
  readonly browser: Browser
  readonly apiKey: string
  server: Program
  readonly shop: Program
  readonly #appId: string
  readonly #data: string

  private constructor(parts: {
    browser: Browser
    appId: string
    apiKey: string
    data: string
    server: Program
    shop: Program
  }) {
    this.browser = parts.browser
    this.apiKey = parts.apiKey
    this.server = parts.server
    this.shop = parts.shop
    this.#appId = parts.appId
    this.#data = parts.data
  }

  static async open(): Promise<ShopWorld> {
    const data = await mkdtemp(join(tmpdir(), 'arunika-shop-'))
    const made = await promisify(execFile)(process.execPath, [
      ...[serverScript, 'apps', 'create', '--name', 'shop', '--data', data, '--json'],
    ])
    const { appId, apiKey } = JSON.parse(made.stdout) as { appId: string; apiKey: string }
    const server = await startServer(data, '0')
    const shop = await startProgram(shopScript, [], {
      PORT: '0',
      ARUNIKA_ENDPOINT: server.url,
      ARUNIKA_APP_ID: appId,
      ARUNIKA_API_KEY: apiKey,
    })
    const browser = await chromium.launch({ executablePath: await chromiumPath(), args: chromiumArgs })
    return new ShopWorld({ browser, appId, apiKey, data, server, shop })
  }

  async close(): Promise<void> {
    await this.browser.close()
    await this.shop.stop('SIGKILL')
    await this.server.stop('SIGKILL')
    await rm(this.#data, { recursive: true, force: true })
  }

  /** Starts the server again: the same data, the same port. */
  async startServerAgain(): Promise<void> {
    this.server = await startServer(this.#data, new URL(this.server.url).port)
  }

  /** The one person who has this email, by the server's API. */
  async findUser(email: string): Promise<User> {
    const { items } = await this.#read<ListPage<User>>(`/api/users?search=${encodeURIComponent(email)}`)
    const [user, ...others] = items
    if (user === undefined || others.length > 0) throw new Error(`${items.length} users have ${email}`)
    return user
  }

  /** A person's events by the server's API, oldest first. */
  async timelineOf(user: User): Promise<Activity[]> {
    const page = await this.#read<ListPage<Activity>>(`/api/users/${user.profileId}/timeline?limit=100`)
    return page.items.toReversed()
  }

  async #read<Answer>(path: string): Promise<Answer> {
    const response = await fetch(this.server.url + path, {
      headers: { 'X-App-ID': this.#appId, 'X-API-Key': this.apiKey },
    })
    if (!response.ok) throw new Error(`GET ${path}: ${response.status}`)
    return (await response.json()) as Answer
  }
}

function startServer(data: string, port: string): Promise<Program> {
  return startProgram(serverScript, ['start', '--port', port, '--data', data])
}
