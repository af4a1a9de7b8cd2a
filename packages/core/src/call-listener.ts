import { ListenerError } from './errors/listener-error'

/**
 * Calls code that is not the engine's own. What it throws, or rejects with, must neither stop the engine nor end the
 * process, so it is reported; by default to the console, where nobody else is left to tell.
 */
export function callListener(
  name: string,
  call: () => unknown,
  report = (error: ListenerError): void => console.error(error),
): void {
  const fail = (cause: unknown) => report(new ListenerError(name, cause))
  try {
    const result = call()
    if (result instanceof Promise) result.catch(fail)
  } catch (cause) {
    fail(cause)
  }
}
