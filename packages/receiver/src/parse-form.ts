/** Fields of a form (`application/x-www-form-urlencoded`); the last of those with the same name. */
export function parseForm(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text))
}

/** JSON where the text starts as an object or a list does, else a form. */
export function parseFormOrJson(text: string): unknown {
  return isJson(text) ? JSON.parse(text) : parseForm(text)
}

export function isJson(text: string): boolean {
  return /^\s*[[{]/.test(text)
}
