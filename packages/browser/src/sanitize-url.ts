/** Parameters whose values are secrets: those of the first list, and those of the second also at the end of a name, as in `access_token`. */
const SECRETS = 'code|otp|pin|pwd|passwd|passcode|auth|authorization|session|sessionid|sid|sig|apikey'
const SECRET_ENDINGS = 'token|password|secret|key|jwt|signature'

const SECRET = new RegExp(`([?&#;](?:${SECRETS}|(?:[^?=&#;]*[_.-])?(?:${SECRET_ENDINGS}))=)[^&#;]+`, 'gi')

/**
 * The URL with `***` for the values of parameters that are secrets by their names, in its query and its fragment.
 *
 * @example
 * maskSecrets('https://shop.example/reset?token=abc&lang=id') // 'https://shop.example/reset?token=***&lang=id'
 */
export function maskSecrets(url: string): string {
  return url.replace(SECRET, '$1***')
}
