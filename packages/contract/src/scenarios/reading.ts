import type { Activity, Page, User } from '@arunika/protocol'
import { expect } from 'vitest'
import { expectProblem } from '../expectations'
import { topic } from '../scenario'
import type { World } from '../world'

const login = (world: World, userId: string, at: number) =>
  world.event('login', { at, identifier: { userId } })

/** Follows the cursors to the end of a list. */
async function allPages<Item>(world: World, path: string): Promise<Item[][]> {
  const pages: Item[][] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Page<Item> = await world.read(`${path}&cursor=${encodeURIComponent(cursor)}`)
    pages.push(page.items)
    cursor = page.nextCursor
  }
  return pages
}

export const reading = topic('reading', {
  async 'gives users newest first, page by page'(world) {
    await world.fromServer([login(world, 'b', -2_000), login(world, 'a', -3_000), login(world, 'c', -1_000)])
    const pages = await allPages<User>(world, '/api/users?limit=2')
    expect(pages.map((page) => page.map((user) => user.userId))).toEqual([['c', 'b'], ['a']])
  },

  async 'gives a timeline in the order of timestamp, then eventId, page by page, both ways'(world) {
    const events = [3, 1, 2, 2].map((at) => login(world, 'user_1', at))
    const [third, first, second, alsoSecond] = events.map((event) => event['eventId'])
    await world.fromServer(events)
    const user = await world.onlyUser()
    const path = `/api/users/${user.profileId}/timeline?limit=3`
    const ids = (pages: Activity[][]) => pages.map((page) => page.map((event) => event.eventId))
    expect(ids(await allPages(world, path))).toEqual([[third, alsoSecond, second], [first]])
    expect(ids(await allPages(world, `${path}&order=asc`))).toEqual([[first, second, alsoSecond], [third]])
  },

  async 'gives a cursor only where there is more'(world) {
    await world.fromServer([login(world, 'a', 0), login(world, 'b', 1)])
    expect(await world.read('/api/users?limit=2')).toMatchObject({ nextCursor: null })
  },

  async 'finds users by a part of their email, name or userId, whatever the case'(world) {
    await world.identify('s_1', { userId: 'user_1', email: 'sari@example.com', name: 'Sari' })
    await world.identify('s_2', {
      userId: 'user_2',
      email: 'budi@example.com',
      timestamp: world.clock.iso(1_000),
    })
    const found = async (query: string) =>
      (await world.read<Page<User>>(`/api/users?${query}`)).items.map((user) => user.userId)
    expect(await found('search=SARI')).toEqual(['user_1'])
    expect(await found('search=example.com')).toEqual(['user_2', 'user_1'])
    expect(await found('search=%25')).toEqual([])
    expect(await found('status=pending')).toHaveLength(2)
    expect(await found('status=active')).toEqual([])
  },

  async 'narrows activities by person, type, source, session, time and text'(world) {
    await world.fromPage('s_1', [
      world.event('page_view', { at: -3_000 }),
      world.event('add', { at: -2_000, description: 'Two lamps' }),
    ])
    await world.identify('s_1', { userId: 'user_1' })
    await world.fromServer([world.event('paid', { at: 1_000, identifier: { userId: 'user_1' } })])
    const found = async (query: string) =>
      (await world.read<Page<Activity>>(`/api/activities?${query}`)).items.map((event) => event.eventType)
    expect(await found('')).toEqual(['paid', 'user_identified', 'add', 'page_view'])
    expect(await found('userId=user_1')).toHaveLength(4)
    expect(await found('userId=user_2')).toEqual([])
    expect(await found('type=add')).toEqual(['add'])
    expect(await found('source=server')).toEqual(['paid'])
    expect(await found('sessionId=s_1')).toEqual(['user_identified', 'add', 'page_view'])
    expect(await found(`from=${world.clock.iso(-2_000)}&to=${world.clock.iso()}`)).toEqual(['add'])
    expect(await found('search=LAMP')).toEqual(['add'])
  },

  async 'takes an operator’s token for every app, which it has to name'(world) {
    await world.fromServer([login(world, 'user_1', 0)])
    const user = await world.onlyUser()
    const asOperator = { headers: { authorization: `Bearer ${world.operatorToken}` } }
    const list = await world.request(`/api/users?appId=${world.app.appId}`, undefined, asOperator)
    expect(list.body).toMatchObject({ items: [user] })
    const one = await world.request(`/api/users/${user.profileId}`, undefined, asOperator)
    expect(one.body).toEqual(user)
    expectProblem(await world.request('/api/users', undefined, asOperator), 400, 'invalid_query')
    expectProblem(await world.request('/api/users?appId=app_nobody', undefined, asOperator), 404, 'not_found')
  },

  async 'is refused without credentials or with wrong ones'(world) {
    const wrong = { headers: { authorization: 'Bearer op_wrong' } }
    for (const path of ['/api/users', '/api/users/prf_1', '/api/users/prf_1/timeline', '/api/activities']) {
      expectProblem(await world.request(path), 401, 'invalid_credentials')
      expectProblem(await world.request(path, undefined, wrong), 401, 'invalid_credentials')
    }
  },

  async 'shows another app nothing: as if it did not exist'(world) {
    const other = await world.createApp()
    await world.fromServer([login(world, 'user_1', 0)])
    const user = await world.onlyUser()
    const asOther = world.asServer(other)
    for (const path of [
      `/api/users?appId=${world.app.appId}`,
      `/api/activities?appId=${world.app.appId}`,
      `/api/users/${user.profileId}`,
      `/api/users/${user.profileId}/timeline`,
      '/api/users/prf_nobody',
    ]) {
      expectProblem(await world.request(path, undefined, asOther), 404, 'not_found')
    }
    expect((await world.request('/api/users', undefined, asOther)).body).toEqual({
      items: [],
      nextCursor: null,
    })
  },

  async 'refuses a query that it does not understand'(world) {
    for (const query of [
      'limit=0',
      'limit=-1',
      'limit=x',
      'cursor=x',
      'status=asleep',
      'search=a&search=b',
    ]) {
      expectProblem(
        await world.request(`/api/users?${query}`, undefined, world.asServer()),
        400,
        'invalid_query',
      )
    }
    for (const query of ['from=yesterday', 'order=up', `search=${'x'.repeat(1_025)}`, 'type=%00']) {
      expectProblem(
        await world.request(`/api/activities?${query}`, undefined, world.asServer()),
        400,
        'invalid_query',
      )
    }
  },
})
