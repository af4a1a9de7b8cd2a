/** Whether two byte strings are equal, in a time that depends on their lengths alone. */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false
  let difference = 0
  // Every index is within both arrays; `?? 0` only satisfies the type and adds no branch on the bytes' values.
  for (let i = 0; i < left.length; i++) difference |= (left[i] ?? 0) ^ (right[i] ?? 0)
  return difference === 0
}
