import { HEADERS } from '../headers'
import { SCHEMAS } from '../schemas'

/** The name of each schema among the document's components, by its `$id`. */
const NAMES = new Map<string, string>(SCHEMAS.map((schema) => [schema.$id, schema.title]))

/** A reference to one of {@link SCHEMAS} from within the document. */
export function refTo(schema: { $id: string }): { $ref: string } {
  return { $ref: localRef(schema.$id) }
}

function localRef(id: string): string {
  const name = NAMES.get(id)
  if (name === undefined) throw new Error(`${id} is not among SCHEMAS`)
  return `#/components/schemas/${name}`
}

/** The schema as it stands in the document: few OpenAPI tools resolve a `$ref` by `$id`, all resolve a local one. */
function componentOf(schema: object): unknown {
  return JSON.parse(
    JSON.stringify(schema, (key, value: unknown) => {
      if (key === '$id' || key === '$schema') return undefined
      return key === '$ref' ? localRef(String(value)) : value
    }),
  )
}

/** What the paths refer to. */
export const components = {
  schemas: Object.fromEntries(SCHEMAS.map((schema) => [schema.title, componentOf(schema)])),
  securitySchemes: {
    appId: { type: 'apiKey', in: 'header', name: HEADERS.appId, description: 'The app’s public id: app_…' },
    apiKey: {
      type: 'apiKey',
      in: 'header',
      name: HEADERS.apiKey,
      description: 'The app’s secret key: sk_live_… or sk_test_…',
    },
    operator: { type: 'http', scheme: 'bearer', description: 'The operator token, which reads every app.' },
  },
} as const

/** A server of an app. */
export const AS_APP = [{ appId: [], apiKey: [] }] as const
/** An operator of the server. */
export const AS_OPERATOR = [{ operator: [] }] as const
/** An operator, who sees every app, or a server of an app, which sees its own. */
export const AS_READER = [...AS_OPERATOR, { apiKey: [] }] as const
