/** What a check found: the value in the form in which it is kept, or a code and a sentence that names the field. */
export type Checked<Value, Code extends string> =
  { ok: true; value: Value } | { ok: false; code: Code; detail: string }

/** A check's failure. */
export function failed<Code extends string>(
  code: Code,
  detail: string,
): { ok: false; code: Code; detail: string } {
  return { ok: false, code, detail }
}
