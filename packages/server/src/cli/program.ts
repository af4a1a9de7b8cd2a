import { Command, InvalidArgumentError, Option } from 'commander'
import { createAppCommand } from './create-app'
import { startCommand } from './start'
import { version } from '../../package.json'

/** The command line, `arunika-server`. */
export function buildCli(): Command {
  const program = new Command('arunika-server')
    .description('The reference ingest server of Arunika: takes product events and keeps each exactly once.')
    .version(version)
    .showHelpAfterError('(add --help for what there is)')

  program
    .command('start')
    .description('take events until Ctrl-C')
    .addOption(
      new Option('--port <number>', 'the port to listen on; 0 takes a free one')
        .env('ARUNIKA_PORT')
        .default(4100)
        .argParser(parsePort),
    )
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .addOption(dataOption())
    .addOption(databaseOption())
    .addHelpText(
      'after',
      `
Examples:
  $ arunika-server start
  $ arunika-server start --port 8080 --data /var/lib/arunika
  $ ARUNIKA_DATABASE_URL=postgres://… arunika-server start

The first start makes an operator token and prints it once; ARUNIKA_OPERATOR_TOKEN gives one instead.`,
    )
    .action(startCommand)

  program
    .command('apps')
    .description('the apps that may send events')
    .command('create')
    .description('make an app and its API key; the key is shown once')
    .requiredOption('--name <name>', 'what to call it')
    .option('--require-signature', 'refuse server calls that are not signed', false)
    .addOption(dataOption())
    .addOption(databaseOption())
    .option('--json', 'print one line of JSON: { "appId", "apiKey" }', false)
    .addHelpText('after', '\nExample:\n  $ arunika-server apps create --name shop --json')
    .action(createAppCommand)

  return program
}

function dataOption(): Option {
  return new Option('--data <folder>', 'the folder of the SQLite file that keeps the data')
    .env('ARUNIKA_DATA')
    .default('./arunika-data')
}

function databaseOption(): Option {
  return new Option(
    '--database <url>',
    'keep the data in this PostgreSQL, postgres://user:password@host/name, and not in a folder',
  ).env('ARUNIKA_DATABASE_URL')
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1
  if (port < 0 || port > 65_535) throw new InvalidArgumentError('It must be a whole number from 0 to 65535.')
  return port
}
