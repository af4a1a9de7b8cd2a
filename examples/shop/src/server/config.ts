/** What the backend is started with. */
export interface Config {
  /** `0` takes any free port. */
  port: number
  endpoint: string
  appId: string
  apiKey: string
}

/** Reads the environment. @throws Error where a variable is missing; the message names it. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const needed = (name: string): string => {
    const value = environment[name]
    if (!value) throw new Error(`Set ${name}: npm start in the repository's root does it for you`)
    return value
  }
  const port = Number(environment['PORT'] ?? '3000')
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error('PORT must be a number from 0 to 65535')
  }
  return {
    port,
    endpoint: needed('ARUNIKA_ENDPOINT').replace(/\/+$/, ''),
    appId: needed('ARUNIKA_APP_ID'),
    apiKey: needed('ARUNIKA_API_KEY'),
  }
}
