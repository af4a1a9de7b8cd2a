/** The wildcards that cover a type: `order.*` and `order.item.*` for `order.item.added`. */
export type WildcardOf<
  Type extends string,
  Prefix extends string = '',
> = Type extends `${infer Head}.${infer Tail}`
  ? `${Prefix}${Head}.*` | WildcardOf<Tail, `${Prefix}${Head}.`>
  : never

/** What `on` takes: a type, or a wildcard that covers one. */
export type TypePattern<Type extends string> = Type | WildcardOf<Type>

/** The types that a pattern covers. */
export type CoveredBy<Pattern extends string, Type extends string> = string extends Type
  ? string
  : Pattern extends `${infer Prefix}*`
    ? Extract<Type, `${Prefix}${string}`>
    : Extract<Type, Pattern>

/**
 * Whether a type is covered: the same, or, for `order.*`, everything below `order.`.
 *
 * @throws TypeError where it is no text or empty, or where a `*` stands anywhere but at the end, after a full stop.
 */
export function matcherOf(pattern: string): (type: string) => boolean {
  if (typeof pattern !== 'string' || pattern === '') {
    throw new TypeError('on: give the type of an event, as text; onAny takes them all.')
  }
  if (!pattern.includes('*')) return (type) => type === pattern
  const prefix = pattern.slice(0, -1)
  if (prefix.includes('*') || prefix.length < 2 || !prefix.endsWith('.')) {
    throw new TypeError(
      "on: a wildcard is a prefix, a full stop and one *, such as 'order.*'; onAny takes all types.",
    )
  }
  return (type) => type.startsWith(prefix) && type.length > prefix.length
}
