/** The promise of what is done before this returns; what it throws is the promise's reason. */
export function atOnce<Value>(operation: () => Value): Promise<Value> {
  return new Promise((resolve) => resolve(operation()))
}
