import type { FastifyRequest } from 'fastify'
import { appOfApiKey, checkActive } from '../ingest/authenticate'
import { ProblemError } from '../errors/problem-error'
import type { Services } from '../services'
import { isOperator } from './operators'

/** Who reads: an operator, who sees every app, or an app, which sees itself alone. */
export type Caller = { kind: 'operator' } | { kind: 'app'; appId: string }

type Access = Pick<Services, 'db' | 'apps' | 'limitApp'>

/** @throws {@link ProblemError} `invalid_credentials` or `app_suspended` */
export async function callerOf({ db, apps, limitApp }: Access, request: FastifyRequest): Promise<Caller> {
  const { authorization } = request.headers
  if (authorization === undefined) {
    const app = await appOfApiKey(apps, request)
    await limitApp(request, app.appId)
    checkActive(app)
    return { kind: 'app', appId: app.appId }
  }
  const [scheme, token, ...more] = authorization.split(' ')
  if (
    scheme?.toLowerCase() !== 'bearer' ||
    token === undefined ||
    more.length > 0 ||
    !(await isOperator(db, token))
  ) {
    throw new ProblemError('invalid_credentials', undefined, {
      headers: { 'www-authenticate': 'Bearer' },
      reason: 'unknown operator token',
    })
  }
  return { kind: 'operator' }
}

/** @throws {@link ProblemError} `invalid_credentials` where the caller is no operator. */
export async function requireOperator(access: Access, request: FastifyRequest): Promise<void> {
  const caller = await callerOf(access, request)
  if (caller.kind !== 'operator')
    throw new ProblemError('invalid_credentials', 'An operator token is needed here', {
      reason: 'an API key where an operator token is needed',
    })
}

/**
 * The app that a caller asks about: its own, or the one that an operator names. Another app's is as if it did not exist.
 *
 * @throws {@link ProblemError} `not_found` or `invalid_query`.
 */
export async function appInScope(
  { apps }: Access,
  caller: Caller,
  appId: string | undefined,
): Promise<string> {
  if (caller.kind === 'operator') {
    if (appId === undefined) throw new ProblemError('invalid_query', 'appId is missing: name the app to read')
    if ((await apps.byId(appId)) === null) throw new ProblemError('not_found')
    return appId
  }
  if (appId !== undefined && appId !== caller.appId) throw new ProblemError('not_found')
  return caller.appId
}

/** Whether a caller may see what belongs to an app. */
export function mayRead(caller: Caller, appId: string): boolean {
  return caller.kind === 'operator' || caller.appId === appId
}
