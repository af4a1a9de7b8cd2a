import { InvalidArgumentError, Option, type Command } from 'commander'
import { DEFAULT_RATE_LIMIT } from '../http/rate-limits'
import { parseRateLimit } from './parse-rate-limit'

/** Adds where the data are. */
export function takeDatabase(command: Command): Command {
  return command
    .addOption(
      new Option('--data <folder>', 'the folder of the SQLite file that keeps the data')
        .env('ARUNIKA_DATA')
        .default('./arunika-data'),
    )
    .addOption(
      new Option(
        '--database <url>',
        'keep the data in this PostgreSQL, postgres://user:password@host/name, and not in a folder',
      ).env('ARUNIKA_DATABASE_URL'),
    )
}

/** Adds what every command takes that works on the data and ends: where they are, and what a program reads. */
export function takeDatabaseAndJson(command: Command, fields: string): Command {
  return takeDatabase(command).option('--json', `print one line of JSON: ${fields}`, false)
}

/** The port to listen on. */
export function portOption(): Option {
  return new Option('--port <number>', 'the port to listen on; 0 takes a free one')
    .env('ARUNIKA_PORT')
    .default(4100)
    .argParser(parsePort)
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1
  if (port < 0 || port > 65_535) throw new InvalidArgumentError('It must be a whole number from 0 to 65535.')
  return port
}

/** `--rate-limit` */
export function rateLimitOption(): Option {
  return new Option('--rate-limit <limits>', 'requests of an address and of an app in 10 s, or off')
    .env('ARUNIKA_RATE_LIMIT')
    .default(DEFAULT_RATE_LIMIT, '30000,60000')
    .argParser(parseRateLimit)
}

/** `--trust-proxy` */
export function trustProxyOption(): Option {
  return new Option('--trust-proxy', 'believe X-Forwarded-For: only where a proxy of yours sets it')
    .env('ARUNIKA_TRUST_PROXY')
    .default(false)
}
