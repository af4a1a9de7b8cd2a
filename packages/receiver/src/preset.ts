import type { HmacHash } from './authentication-codes'
import { checkOptions } from './check-options'
import { hmacProof } from './hmac-proof'
import type { Provider, Strength } from './provider'
import type { PublicUrl } from './public-url'
import { readSecrets, type Secret } from './secrets'
import { signedScheme, type Proof, type SignedForm } from './signed-scheme'

/** The options of a preset. */
export interface PresetOptions {
  /** As the provider shows it; or a list with the newest first. Bytes are the key itself. */
  secret: Secret
}

/** The options of a preset whose scheme signs the time. */
export interface TimedPresetOptions extends PresetOptions {
  /**
   * How far the time of the signature may be from the clock, either way, in seconds.
   *
   * @defaultValue 300, unless the preset says otherwise
   */
  toleranceSeconds?: number | undefined
}

/** The options of a preset whose scheme signs the URL. */
export interface UrlPresetOptions extends PresetOptions {
  /**
   * The public URL, as the provider calls it.
   *
   * @defaultValue that of the request, which must be absolute then
   */
  url?: string | undefined
}

/** What a preset knows of its scheme. */
export interface PresetForm<Proven extends Strength> extends Omit<SignedForm<Proven>, 'url'> {
  url?: (owner: string, configured: string | undefined) => PublicUrl
  /** The key that the text of a secret stands for. Its UTF-8 bytes unless told. */
  decode?: (text: string) => Uint8Array | null
  /** What that text must be, for messages. */
  secretForm?: string
  /** The options of this preset alone. */
  options?: Record<string, true>
}

/** A preset of a provider that signs by an HMAC. */
export function hmacPreset<Proven extends Strength>(
  name: string,
  options: PresetOptions,
  form: PresetForm<Proven>,
  hash: HmacHash = 'SHA-256',
): Provider<Proven> {
  return preset(name, options, form, (keys) => hmacProof(hash, form.signature.encoding, keys))
}

/**
 * A preset of a provider that signs.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds a secret.
 */
export function preset<Proven extends Strength>(
  name: string,
  options: TimedPresetOptions & UrlPresetOptions,
  { url, decode, secretForm, options: own, ...form }: PresetForm<Proven>,
  proofBy: (keys: readonly Uint8Array[]) => Proof,
): Provider<Proven> {
  const known = {
    secret: true,
    ...(form.timestamp && { toleranceSeconds: true }),
    ...(url && { url: true }),
    ...own,
  }
  checkOptions<object>(name, options, known)
  const { secret, toleranceSeconds = form.timestamp?.toleranceSeconds } = options
  checkTolerance(name, toleranceSeconds)
  const timestamp = form.timestamp && { ...form.timestamp, toleranceSeconds }
  const proof = proofBy(readSecrets(name, secret, decode, secretForm))
  return signedScheme(name, { ...form, timestamp, url: url?.(name, options.url) }, proof)
}

/** @throws TypeError where the value is given and no tolerance. */
export function checkTolerance(owner: string, seconds: number | undefined): void {
  if (seconds === undefined || (Number.isFinite(seconds) && seconds >= 0)) return
  throw new TypeError(`${owner}: toleranceSeconds must be a number of seconds, 0 or more.`)
}
