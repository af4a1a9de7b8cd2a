/**
 * Refuses options that are no object, and a name that is none of them: a misspelt option would leave its default in force
 * without a word.
 *
 * @param owner - Whose options they are, for messages.
 * @param names - Has a key for each option that there is.
 * @throws TypeError which names the options that there are. It never holds the value of one.
 */
export function checkOptions<Options extends object>(
  owner: string,
  options: Options,
  names: Record<keyof Options & string, true>,
): void {
  const given = isObject(options) ? Object.keys(options) : null
  const unknown = given?.find((name) => !Object.hasOwn(names, name))
  if (given && unknown === undefined) return
  const known = Object.keys(names).join(', ')
  throw new TypeError(
    `${owner}: ${given ? `${unknown} is not an option; the options` : 'give an object with options; they'} are ${known}.`,
  )
}

/** @throws TypeError where the value is no function, with what it is for. */
export function checkFunction(owner: string, value: unknown, purpose: string): void {
  if (typeof value !== 'function') throw new TypeError(`${owner} must be a function ${purpose}.`)
}

/** @throws TypeError where the value is not text, or is empty, with what it is for. */
export function checkText(owner: string, value: unknown, purpose: string): void {
  if (typeof value !== 'string' || value === '') throw new TypeError(`${owner} must be ${purpose}, as text.`)
}

/** @throws TypeError where the value is none of the choices, which it names. */
export function checkChoice(owner: string, value: unknown, choices: readonly unknown[]): void {
  if (!choices.includes(value)) throw new TypeError(`${owner} must be one of ${choices.join(', ')}.`)
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
