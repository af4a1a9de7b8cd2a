export type { Activity, Page } from './activity'
export type { ApiKey, ApiKeyAnswer, ApiKeyRequest } from './api-key'
export type { App, AppAnswer, AppPatch, AppRequest } from './app'
export { parseIngestAnswer, parseProfileAnswer } from './answers'
export type { BrowserBatch, IngestAnswer, RejectedEvent, ServerBatch } from './batch'
export { BATCH_LIMITS, batchLength, isFlushDue, type BatchLimits, type FlushState } from './batching'
export { correctTimestamp, timestampOutlier } from './clock'
export { ERROR_CODES, EVENT_ERROR_CODES, type ErrorCode, type EventErrorCode } from './error-codes'
export {
  RESERVED_TYPES,
  type ArunikaEvent,
  type BareEvent,
  type EventContext,
  type Identifier,
  type ServerEvent,
} from './event'
export { HEADERS } from './headers'
export { isObject, own, type JsonObject, type JsonValue } from './json'
export { jsonSize, type JsonSize } from './json-size'
export { APP_ID_FORM, isApiKey, isAppId } from './keys'
export { LIMITS } from './limits'
export { problem, PROBLEM_CONTENT_TYPE, type Problem } from './problem'
export { USER_STATUSES, type ProfileAnswer, type ProfileRequest, type User, type UserStatus } from './profile'
export { parseRetryAfter, RETRY_WAITS, retryWaitMs, verdictOf, type RetryState, type Verdict } from './retry'
export { ROUTES } from './routes'
export { continueSession, identifySession, SESSION_COOKIE, SESSION_RULES, type Session } from './session'
export {
  sign,
  signingString,
  verifySignature,
  type SignatureVerdict,
  type SignInput,
  type VerifyInput,
} from './signing'
export type { StreamMessage } from './stream'
export type { SuspiciousCall } from './suspicious-call'
export { characterCount, isPlainText, storableText, utf8Length } from './text'
export { formatTimestamp, parseTimestamp } from './time'
export { createUuidV7, isUuidV7, type UuidV7Source } from './uuid'
export {
  validateBareEvent,
  validateServerBody,
  type MadeFields,
  validateBrowserBatch,
  validateServerBatch,
  type CheckedBatch,
} from './validate-batch'
export { isEventType, validateEvent, validateServerEvent } from './validate-event'
export { isName, normalizeEmail, validateIdentifier } from './validate-identifier'
export { validateProfile, type CheckedProfile } from './validate-profile'
export type { Checked } from './validation'
export type { ActivityDetails, AnyEvents, EventMap } from './event-map'
export {
  emailKey,
  isEmailKey,
  isSessionKey,
  isUserKey,
  sessionKey,
  userKey,
  valueOfKey,
  type IdentifierKey,
} from './identifier-key'
export { mentionOf, type Attribute, type Mention, type MentioningEvent } from './mention'
export { profileEvent } from './profile-event'
export type { Registration } from './registration'
