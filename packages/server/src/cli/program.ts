import { Command } from 'commander'
import { addAppsCommands } from './apps-commands'
import { addOperatorsCommands } from './operators-commands'
import { portOption, rateLimitOption, takeDatabase, trustProxyOption } from './options'
import { startCommand } from './start'
import { version } from '../../package.json'

/** The command line, `arunika-server`. */
export function buildCli(): Command {
  const program = new Command('arunika-server')
    .description('The reference ingest server of Arunika: takes product events and keeps each exactly once.')
    .version(version)
    .showHelpAfterError('(add --help for what there is)')
    .addHelpText('afterAll', '\nExit codes: 0 when it is done, 1 when it failed; stderr says why.')

  const start = program
    .command('start')
    .description('take events until Ctrl-C')
    .addOption(portOption())
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .addOption(rateLimitOption())
    .addOption(trustProxyOption())
  takeDatabase(start)
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

  addAppsCommands(program)
  addOperatorsCommands(program)
  return program
}
