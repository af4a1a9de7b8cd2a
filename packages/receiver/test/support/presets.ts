import * as providers from '@arunika/receiver/providers'
import type { Provider } from '@arunika/receiver/providers'
import { vectors } from '../../vectors/providers.json'

export type Vector = (typeof vectors)[number]
export { vectors }

const BUILDERS = ['hmac', 'apiKey', 'bearer', 'publicKey', 'bodyHash']
const exported = providers as unknown as Record<string, (options: object) => Provider>

/** Every preset by its name. */
export const presets: Record<string, (options: object) => Provider> = Object.fromEntries(
  Object.entries(exported).filter(([name]) => !BUILDERS.includes(name)),
)

/** The provider of a vector, with other options where they are given. */
export function providerOf({ preset, options }: Vector, others: object = {}): Provider {
  return presets[preset]!({ ...options, ...others })
}

/** The request of a vector, and the clock at which it is verified. */
export function requestOf({ headers, bodyBase64, url, nowMs }: Vector) {
  const body = Uint8Array.from(atob(bodyBase64), (character) => character.charCodeAt(0))
  const defined = JSON.parse(JSON.stringify(headers)) as Record<string, string>
  const request = { headers: defined, body, ...(url !== undefined && { url }) }
  return { request, now: () => nowMs }
}
