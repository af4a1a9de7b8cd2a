import { createServer } from '@arunika/server'
import type { Target } from '../target'

const OPERATOR_TOKEN = 'op_of_the_contract_suite'

/**
 * The real server, over real HTTP, on a database.
 *
 * @param remove - Removes the database, once the server has closed it.
 */
export async function serverTarget(
  database: string,
  now: () => number,
  remove: () => Promise<unknown>,
): Promise<Target> {
  const server = await createServer({ database, operatorToken: OPERATOR_TOKEN, now })
  const endpoint = await server.listen({ port: 0 })

  async function asOperator<Body>(method: string, path: string, body?: object): Promise<Body> {
    const answer = await fetch(endpoint + path, {
      method,
      headers: { authorization: `Bearer ${OPERATOR_TOKEN}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return (text === '' ? undefined : JSON.parse(text)) as Body
  }

  const appIds = new Map<string, string>()
  return {
    endpoint,
    operatorToken: OPERATOR_TOKEN,
    fetch: (request) => fetch(request),
    async createApp({ name = 'contract', status = 'active', ...rules }) {
      const credentials = await server.createApp({ name, ...rules })
      appIds.set(credentials.apiKey, credentials.appId)
      if (status !== 'active') await asOperator('PATCH', `/api/apps/${credentials.appId}`, { status })
      return credentials
    },
    async revokeKey(apiKey) {
      // An app of the suite has the one key that it was made with.
      const keys = `/api/apps/${appIds.get(apiKey) ?? ''}/keys`
      const { items } = await asOperator<{ items: { keyId: string }[] }>('GET', keys)
      for (const { keyId } of items) await asOperator('DELETE', `${keys}/${keyId}`)
    },
    async close() {
      await server.close()
      await remove()
    },
  }
}
