import type { FromSchema, JSONSchema } from 'json-schema-to-ts'
import { describe, expectTypeOf, test } from 'vitest'
import type {
  Activity,
  ApiKey,
  ApiKeyAnswer,
  ApiKeyRequest,
  App,
  AppAnswer,
  AppPatch,
  AppRequest,
  ArunikaEvent,
  BareEvent,
  BrowserBatch,
  EventContext,
  Identifier,
  IngestAnswer,
  Page,
  Problem,
  ProfileAnswer,
  ProfileRequest,
  ServerBatch,
  ServerEvent,
  StreamMessage,
  SuspiciousCall,
  User,
  UserStatus,
} from '@arunika/protocol'
import type * as schemas from '@arunika/protocol/schemas'

/**
 * A type without its index signatures, at every depth: a schema lets unknown fields through, and says no more of a
 * JsonObject than that it is an object.
 */
type Known<T> = T extends readonly (infer Item)[]
  ? Known<Item>[]
  : T extends object
    ? { [Key in keyof T as string extends Key ? never : Key]: Known<T[Key]> }
    : T

/** A schema without its rule that one field of several is needed, which our types do not say. */
type Loose<Schema> = Omit<Schema, 'anyOf'>

type References = [
  typeof schemas.contextSchema,
  Loose<typeof schemas.identifierSchema>,
  typeof schemas.eventSchema,
  typeof schemas.serverEventSchema,
  typeof schemas.userSchema,
  typeof schemas.activitySchema,
  typeof schemas.appSchema,
  typeof schemas.apiKeySchema,
  typeof schemas.suspiciousCallSchema,
]

type Of<Schema> =
  Loose<Schema> extends infer S extends JSONSchema ? Known<FromSchema<S, { references: References }>> : never

describe('a schema and its type say the same, both ways', () => {
  test('of what senders send', () => {
    expectTypeOf<Of<typeof schemas.contextSchema>>().toEqualTypeOf<Known<EventContext>>()
    expectTypeOf<Of<typeof schemas.identifierSchema>>().toEqualTypeOf<Known<Identifier>>()
    expectTypeOf<Of<typeof schemas.eventSchema>>().toEqualTypeOf<Known<ArunikaEvent>>()
    expectTypeOf<Of<typeof schemas.serverEventSchema>>().toEqualTypeOf<Known<ServerEvent>>()
    expectTypeOf<Of<typeof schemas.bareEventSchema>>().toEqualTypeOf<Known<BareEvent>>()
    expectTypeOf<Of<typeof schemas.browserBatchSchema>>().toEqualTypeOf<Known<BrowserBatch>>()
    expectTypeOf<Of<typeof schemas.serverBatchSchema>>().toEqualTypeOf<Known<ServerBatch>>()
    expectTypeOf<Of<typeof schemas.profileRequestSchema>>().toEqualTypeOf<Known<ProfileRequest>>()
    expectTypeOf<Of<typeof schemas.appRequestSchema>>().toEqualTypeOf<Known<AppRequest>>()
    expectTypeOf<Of<typeof schemas.appPatchSchema>>().toEqualTypeOf<Known<AppPatch>>()
    expectTypeOf<Of<typeof schemas.apiKeyRequestSchema>>().toEqualTypeOf<Known<ApiKeyRequest>>()
    expectTypeOf<Of<typeof schemas.userPatchSchema>>().toEqualTypeOf<{ status: UserStatus }>()
  })

  test('of what the server answers', () => {
    expectTypeOf<Of<typeof schemas.ingestAnswerSchema>>().toEqualTypeOf<Known<IngestAnswer>>()
    expectTypeOf<Of<typeof schemas.profileAnswerSchema>>().toEqualTypeOf<Known<ProfileAnswer>>()
    expectTypeOf<Of<typeof schemas.problemSchema>>().toEqualTypeOf<Known<Problem>>()
    expectTypeOf<Of<typeof schemas.userSchema>>().toEqualTypeOf<Known<User>>()
    expectTypeOf<Of<typeof schemas.activitySchema>>().toEqualTypeOf<Known<Activity>>()
    expectTypeOf<Of<typeof schemas.userPageSchema>>().toEqualTypeOf<Known<Page<User>>>()
    expectTypeOf<Of<typeof schemas.activityPageSchema>>().toEqualTypeOf<Known<Page<Activity>>>()
    expectTypeOf<Of<typeof schemas.streamMessageSchema>>().toEqualTypeOf<Known<StreamMessage>>()
    expectTypeOf<Of<typeof schemas.appSchema>>().toEqualTypeOf<Known<App>>()
    expectTypeOf<Of<typeof schemas.appPageSchema>>().toEqualTypeOf<Known<Page<App>>>()
    expectTypeOf<Of<typeof schemas.appAnswerSchema>>().toEqualTypeOf<Known<AppAnswer>>()
    expectTypeOf<Of<typeof schemas.apiKeyAnswerSchema>>().toEqualTypeOf<Known<ApiKeyAnswer>>()
    expectTypeOf<Of<typeof schemas.apiKeyPageSchema>>().toEqualTypeOf<Known<Page<ApiKey>>>()
    expectTypeOf<Of<typeof schemas.suspiciousCallPageSchema>>().toEqualTypeOf<Known<Page<SuspiciousCall>>>()
  })
})
