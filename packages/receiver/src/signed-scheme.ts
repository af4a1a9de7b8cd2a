import type { Answer } from './answer'
import { accept, type Checked } from './checked'
import type { Part } from './concat-bytes'
import { locate } from './locate'
import type { MaybePromise } from './maybe-promise'
import type {
  Claim,
  EventForm,
  HandshakeRequest,
  OpenedRequest,
  Provider,
  SignedParts,
  Strength,
} from './provider'
import type { PublicUrl } from './public-url'
import type { PublicKeyAlgorithm } from './public-key-proof'
import { readSignatures, type SignatureForm } from './read-signatures'
import { readTimestamp, type TimestampForm } from './read-timestamp'
import { inHeader } from './in-header'

/** How the signatures of a scheme are made, and proved. */
export interface Proof {
  /** Whether bytes can be a signature at all. */
  isSignature: (bytes: Uint8Array) => boolean
  /** The place of the secret by which one of the signatures holds; `-1` where there is none. Never throws. */
  prove: (claim: Claim) => MaybePromise<number>
  sign?: Sign
  algorithm?: PublicKeyAlgorithm
}

/** Signs by the newest secret. */
export type Sign = (content: readonly Part[]) => MaybePromise<Uint8Array>

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
  proof: Proof,
): Provider<Proven> {
  const { signature, timestamp = null, signed = bodyAlone, id, type, data, time, parse } = form
  const { handshake } = form
  const { sign, algorithm } = proof
  const others = timestamp?.header !== undefined && timestamp.header === signature.header ? 1 : 0

  function read(request: OpenedRequest, nowMs: number): Checked<Claim> {
    const idOf = inHeader(id, request)
    if (!idOf.ok) return idOf
    const typeOf = inHeader(type, request)
    if (!typeOf.ok) return typeOf
    const url = form.url?.read(request) ?? accept('')
    if (!url.ok) return url
    const written = locate(signature, request)
    if (!written.ok) return written
    // The cheap refusals come before the one that costs a hash of the body.
    const at = readTimestamp(timestamp, request, nowMs)
    if (!at.ok) return at
    const signatures = readSignatures(written.value, signature, proof.isSignature, others)
    if (!signatures.ok) return signatures
    const { body, method = 'POST' } = request
    const content = signed({
      id: idOf.value ?? '',
      timestamp: at.value.text,
      body: body.part,
      url: url.value,
      method: method.toUpperCase(),
      payload: () => body.payloadOrNothing,
    })
    return accept({
      contents: Array.isArray(content[0]) ? (content as Part[][]) : [content as Part[]],
      signatures: signatures.value,
      timestampMs: at.value.ms,
      id: idOf.value,
      type: typeOf.value,
      body,
    })
  }

  return {
    name,
    strength: form.strength,
    event: { id, type, data, time, parse },
    read,
    prove: proof.prove,
    handshake: handshake && ((request) => handshake(request, sign)),
    scheme: { signature, timestamp, signed, url: form.url, writeUrl: form.writeUrl, sign, algorithm },
  }
}

function bodyAlone({ body }: SignedParts): readonly Part[] {
  return [body]
}
