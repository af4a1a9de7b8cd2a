import type { Answer } from './answer'
import type { Part } from './concat-bytes'
import { entriesAt, findEntries } from './find-entries'
import { inHeader } from './in-header'
import { locate, nameOf, refuseAt } from './locate'
import { andThen, type MaybePromise } from './maybe-promise'
import { PartsOfRequest } from './parts-of-request'
import type {
  EventForm,
  HandshakeRequest,
  OpenedRequest,
  Proved,
  Provider,
  SignedParts,
  Strength,
} from './provider'
import type { PublicUrl } from './public-url'
import type { PublicKeyAlgorithm } from './public-key-proof'
import { NO_TIME, readTimestamp, type TimestampForm } from './read-timestamp'
import type { SignatureForm } from './signature-form'

/** More than a rotation ever needs; it bounds the comparisons per request. */
const MAX_SIGNATURES = 16

/** How the signatures of a scheme are made, and proved. */
export interface Proof {
  /**
   * The place of the secret by which one of the signatures at these places of a text holds for one of the contents; `-1` where
   * there is none. Never throws. Places are the start and the end of each, in turn.
   */
  prove: (
    text: string,
    places: readonly number[],
    contentsOf: () => readonly (readonly Part[])[],
  ) => MaybePromise<number>
  /** Whether text can be a signature at all: what a refusal says. */
  isSignature: (text: string) => boolean
  sign?: Sign
  algorithm?: PublicKeyAlgorithm
}

/** Signs by the newest secret, and writes the signature as the scheme does. */
export type Sign = (content: readonly Part[]) => MaybePromise<string>

/** A scheme that signs: what is signed, and where its parts stand. Header names are in lower case. */
export interface SignedForm<Proven extends Strength = Strength> extends EventForm {
  strength: Proven
  signature: SignatureForm
  timestamp?: TimestampForm | undefined
  /** What is signed, in order; or several such contents, where a sender writes one of them. The body alone unless told. */
  signed?: ((parts: SignedParts) => readonly Part[] | readonly (readonly Part[])[]) | undefined
  url?: PublicUrl | undefined
  writeUrl?: ((url: string, body: Uint8Array) => MaybePromise<string>) | undefined
  /** {@link Provider.handshake}, which may sign by the newest secret. */
  handshake?: ((request: HandshakeRequest, sign?: Sign) => MaybePromise<Answer | null>) | undefined
}

/** A provider that signs, of parts that are checked already. */
export function signedScheme<Proven extends Strength>(
  name: string,
  form: SignedForm<Proven>,
  { prove, isSignature, sign, algorithm }: Proof,
): Provider<Proven> {
  const { signature, timestamp = null, signed = bodyAlone, id, type, handshake } = form
  // Where the time stands among the signatures, it is an entry too.
  const most = MAX_SIGNATURES + (timestamp?.header === signature.header ? 1 : 0)

  function check(request: OpenedRequest, nowMs: number): MaybePromise<Proved | null> {
    const idOf = inHeader(id, request)
    const typeOf = inHeader(type, request)
    const url = form.url === undefined ? '' : form.url.read(request)
    const text = locate(signature, request)
    // The cheap refusals come before the one that costs a hash of the body.
    const sentAt = timestamp === null ? NO_TIME : readTimestamp(timestamp, request, nowMs)
    const places =
      findEntries(text, signature, most) ??
      request.refuse(
        'too_many_signatures',
        `The ${nameOf(signature)} holds more than ${MAX_SIGNATURES} signatures.`,
      )
    const contentsOf = () => {
      const content = signed(new PartsOfRequest(request, idOf ?? '', sentAt.text, url))
      return Array.isArray(content[0]) ? (content as Part[][]) : [content as Part[]]
    }
    return andThen(prove(text, places, contentsOf), (matchedSecret) => {
      if (matchedSecret < 0) {
        return entriesAt(text, places).some(isSignature)
          ? null
          : refuseAt(signature, request, 'holds no signature of this scheme')
      }
      return { matchedSecret, timestampMs: sentAt.ms, id: idOf, type: typeOf, body: request.body }
    })
  }

  return {
    name,
    strength: form.strength,
    event: form,
    check,
    handshake: handshake && ((request) => handshake(request, sign)),
    scheme: { ...form, timestamp, signed, sign, algorithm },
  }
}

function bodyAlone({ body }: SignedParts): readonly Part[] {
  return [body]
}
