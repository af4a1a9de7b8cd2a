import { tokenScheme } from './api-key'
import { checkChoice, checkOptions } from './check-options'
import { checkBuilder, resolveEvent, type EventOptions } from './event-options'
import { hmacProof } from './hmac-proof'
import { jwtContent, readJwt, toUrl, type JwtForm } from './json-web-token'
import { andThen } from './maybe-promise'
import { checkTolerance } from './preset'
import type { EventForm, Provider } from './provider'
import { provedByToken } from './proved-by-token'
import { readSecrets, type Secret } from './secrets'

/** What {@link bearer} needs to know of a sender. */
export interface BearerOptions extends EventOptions {
  /** The sender's name. Events of different senders with the same id are told apart by it. */
  name: string
  /** The token, or the secret by which the JWT is signed; or several with the newest first. */
  secret: Secret
  /**
   * What the token must be where it is a JWT.
   *
   * @defaultValue the token is the secret itself
   */
  jwt?: JwtForm
}

/**
 * A provider that sends `Authorization: Bearer …`: a static token, or a JWT. Neither signs the body.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds a secret.
 * @example
 * const acme = bearer({
 *   name: 'acme',
 *   secret,
 *   jwt: { algorithm: 'HS256', claims: { iss: 'acme' } },
 *   id: { field: 'id' },
 *   type: { field: 'event' },
 * })
 */
export function bearer(options: BearerOptions): Provider<'token-only'> {
  checkBuilder('bearer', options, { jwt: true })
  const { name, secret, jwt } = options
  const event = resolveEvent(name, options)
  if (jwt === undefined) return tokenScheme(name, event, { secret, header: AUTHORIZATION, prefix: BEARER })
  checkOptions(`${name}: jwt`, jwt, { algorithm: true, claims: true, toleranceSeconds: true })
  checkChoice(`${name}: jwt.algorithm`, jwt.algorithm, ['HS256', 'HS512'])
  checkTolerance(`${name}: jwt`, jwt.toleranceSeconds)
  return jwtScheme(name, event, secret, jwt)
}

const AUTHORIZATION = 'authorization'
const BEARER = 'Bearer '

/** How long a token of the test signer lives, in seconds. */
const LIFETIME_SECONDS = 300

/** {@link bearer} with a JWT, of parts that are checked already but for the secret. */
export function jwtScheme(
  name: string,
  event: EventForm,
  secret: Secret,
  jwt: JwtForm,
): Provider<'token-only'> {
  const { algorithm, claims } = jwt
  const hash = algorithm === 'HS512' ? 'SHA-512' : 'SHA-256'
  const proof = hmacProof(hash, 'base64', readSecrets(name, secret))
  return {
    name,
    strength: 'token-only',
    event,
    check: (request, nowMs) =>
      provedByToken(AUTHORIZATION, event, request, (text) => {
        const { content, signature } = readJwt(request, text.replace(/^bearer /i, ''), jwt, nowMs)
        return proof.prove(signature, [0, signature.length], () => [[content]])
      }),
    scheme: {
      headers: (atMs) => {
        const exp = Math.floor(atMs / 1000) + LIFETIME_SECONDS
        const content = jwtContent(algorithm, { ...claims, exp })
        return andThen(proof.sign([content]), (code) => ({
          [AUTHORIZATION]: `${BEARER}${content}.${toUrl(code)}`,
        }))
      },
    },
  }
}
