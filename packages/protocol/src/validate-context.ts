import type { EventContext } from './event'
import { isObject, own, type JsonObject } from './json'

/** What {@link EventContext} says of its fields. Every other field is the app's own, and of any form. */
const TEXTS = ['locale', 'timezone', 'host'] as const
const GROUPS = {
  page: { form: 'string', fields: ['url', 'path', 'title', 'referrer'] },
  campaign: {
    form: 'string',
    fields: ['source', 'medium', 'name', 'term', 'content', 'clickId', 'clickIdType'],
  },
  screen: { form: 'number', fields: ['width', 'height'] },
  library: { form: 'string', fields: ['name', 'version'] },
} as const satisfies Partial<
  Record<keyof EventContext, { form: 'string' | 'number'; fields: readonly string[] }>
>

/** What is wrong with a context: the first known field that is not of the form which {@link EventContext} gives it. */
export function contextFault(context: JsonObject): string | undefined {
  for (const name of TEXTS) {
    if (isOther(own(context, name), 'string')) return `${name} must be text`
  }
  for (const [name, { form, fields }] of Object.entries(GROUPS)) {
    const group = own(context, name)
    if (group === undefined) continue
    if (!isObject(group)) return `${name} must be an object`
    for (const field of fields) {
      if (isOther(own(group, field), form))
        return `${name}.${field} must be ${form === 'string' ? 'text' : 'a number'}`
    }
  }
  return undefined
}

function isOther(value: unknown, form: 'string' | 'number'): boolean {
  return value !== undefined && typeof value !== form
}
