import type { Command } from 'commander'
import { createOperatorCommand } from './create-operator'
import { takeDatabaseAndJson } from './options'

/** Adds `arunika-server operators …`. */
export function addOperatorsCommands(program: Command): void {
  const operators = program.command('operators').description('who may read and change every app')

  const create = operators
    .command('create')
    .description('make one more operator token, shown once; also while a server runs on the same data')
  takeDatabaseAndJson(create, '{ "operatorToken" }')
    .addHelpText('after', '\nExample:\n  $ arunika-server operators create --json')
    .action(createOperatorCommand)
}
