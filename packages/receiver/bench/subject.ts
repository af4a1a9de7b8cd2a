/** One way to verify a delivery. Each call gets a delivery that is signed for it, and gives what came out, so that nothing is left out. */
export interface Subject {
  /** As it is shown. */
  name: string
  /** Headers as its sender writes them. */
  headersFor: (body: Buffer) => Record<string, string>
  verify: (body: Buffer, headers: Record<string, string>) => unknown
}
