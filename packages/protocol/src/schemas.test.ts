import Ajv2020 from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import * as exported from './schemas'

test('every exported schema is among SCHEMAS, compiles in strict mode, and has an id and a title of its own', () => {
  const { SCHEMAS, ...named } = exported
  expect(new Set(SCHEMAS)).toEqual(new Set(Object.values(named)))
  const ajv = new Ajv2020({ schemas: [...SCHEMAS], allowUnionTypes: true })
  for (const { $id } of SCHEMAS) expect(ajv.getSchema($id), $id).toBeTypeOf('function')
  expect(new Set(SCHEMAS.map((schema) => schema.$id)).size).toBe(SCHEMAS.length)
  expect(new Set(SCHEMAS.map((schema) => schema.title)).size).toBe(SCHEMAS.length)
})
