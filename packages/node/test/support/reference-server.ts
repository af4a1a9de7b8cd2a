import { HEADERS, type Activity, type Page } from '@arunika/protocol'
import { createServer } from '@arunika/server'

/** The real server in this process, with an app that takes signed requests alone. */
export interface ReferenceServer {
  endpoint: string
  app: { appId: string; apiKey: string }
  /** What it answers to a GET of the app. */
  read<Answer>(path: string): Promise<Answer>
  close(): Promise<void>
}

/** Starts a server that keeps nothing. */
export async function startReferenceServer(): Promise<ReferenceServer> {
  const server = await createServer({ database: ':memory:' })
  const app = await server.createApp({ name: 'shop', requireSignature: true })
  const endpoint = await server.listen({ port: 0 })
  return {
    endpoint,
    app,
    async read<Answer>(path: string) {
      const headers = { [HEADERS.appId]: app.appId, [HEADERS.apiKey]: app.apiKey }
      const response = await fetch(endpoint + path, { headers })
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
      return (await response.json()) as Answer
    },
    close: () => server.close(),
  }
}

/** All that is stored, newest first. */
export async function storedActivities(server: ReferenceServer): Promise<Activity[]> {
  const activities: Activity[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const path = `/api/activities?limit=500${cursor && `&cursor=${encodeURIComponent(cursor)}`}`
    const page: Page<Activity> = await server.read(path)
    activities.push(...page.items)
    cursor = page.nextCursor
  }
  return activities
}

/** The types of all that is stored, one for each time it is. */
export async function storedTypes(server: ReferenceServer): Promise<string[]> {
  return (await storedActivities(server)).map(({ eventType }) => eventType)
}
