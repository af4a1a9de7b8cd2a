/** The npm package, which has no types: the path of the binary, and the newest date that it is compatible with. */
declare module 'workerd' {
  export const compatibilityDate: string
  const path: string
  export default path
}
