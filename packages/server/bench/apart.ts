import { once } from 'node:events'

/** In a process that `runApart` has started: does what its options say, and sends what comes of it. */
export async function answerApart<Options, Answer>(
  work: (options: Options) => Promise<Answer>,
): Promise<void> {
  // The benchmark has ended, however it did.
  process.on('disconnect', () => process.exit())
  const [options] = (await once(process, 'message')) as [Options]
  process.send?.(await work(options))
}
