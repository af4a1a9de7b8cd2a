import type { Activity, Page, User } from '@arunika/protocol'
import { read, type TestServer } from './start-server'

/** A person as they are read, and the ids of their events in order. */
export interface Person {
  user: User
  eventIds: string[]
}

/** Every item of a list, page by page: small ones, so that few items are several. */
export async function readAll<Item>(
  { asApp }: Pick<TestServer, 'asApp'>,
  path: string,
  limit = 7,
): Promise<Item[]> {
  const items: Item[] = []
  const separator = path.includes('?') ? '&' : '?'
  let cursor = ''
  do {
    const page: Page<Item> = await read(await asApp(`${path}${separator}limit=${limit}${cursor}`))
    items.push(...page.items)
    cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`
  } while (cursor !== '')
  return items
}

/** Every person of the app with their timeline, and all of its events. */
export async function readPeople(
  server: Pick<TestServer, 'asApp'>,
  limit?: number,
): Promise<{ people: Person[]; activities: Activity[] }> {
  const users = await readAll<User>(server, '/api/users', limit)
  const people: Person[] = []
  for (const user of users) {
    const timeline = await readAll<Activity>(server, `/api/users/${user.profileId}/timeline`, limit)
    people.push({ user, eventIds: timeline.map((activity) => activity.eventId) })
  }
  return { people, activities: await readAll(server, '/api/activities', limit) }
}
