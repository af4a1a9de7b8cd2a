import type { Command } from 'commander'
import { createAppCommand } from './create-app'
import { listAppsCommand } from './list-apps'
import { takeDatabaseAndJson } from './options'
import { revokeKeyCommand } from './revoke-key'
import { rotateKeyCommand } from './rotate-key'

/** Adds `arunika-server apps …`. */
export function addAppsCommands(program: Command): void {
  const apps = program
    .command('apps')
    .description('the apps that may send events, and their keys; also while a server runs on the same data')
    .addHelpText(
      'after',
      `
To change a key without a call that fails: make one, give it to your servers, revoke the old one.
  $ arunika-server apps rotate-key app_…
  $ arunika-server apps revoke-key app_… key_…`,
    )

  const create = apps
    .command('create')
    .description('make an app and its API key; the key is shown once')
    .requiredOption('--name <name>', 'what to call it')
    .option('--require-signature', 'refuse server calls that are not signed', false)
  takeDatabaseAndJson(create, '{ "appId", "apiKey" }')
    .addHelpText('after', '\nExample:\n  $ arunika-server apps create --name shop --json')
    .action(createAppCommand)

  const list = apps.command('list').description('list the apps, newest first, and the ids of their keys')
  takeDatabaseAndJson(list, '[{ "appId", "name", …, "keys": [{ "keyId", "createdAt", "revokedAt" }] }]')
    .addHelpText(
      'after',
      '\nExamples:\n  $ arunika-server apps list\n  $ arunika-server apps list --data /var/lib/arunika --json',
    )
    .action(listAppsCommand)

  const rotate = apps
    .command('rotate-key')
    .description(
      'make one more API key of an app, shown once; the old ones stay valid until they are revoked',
    )
    .argument('<app_id>', 'the app: app_…')
  takeDatabaseAndJson(rotate, '{ "appId", "keyId", "apiKey", "stillValid": [key ids] }')
    .addHelpText('after', '\nExample:\n  $ arunika-server apps rotate-key app_… --json')
    .action(rotateKeyCommand)

  const revoke = apps
    .command('revoke-key')
    .description('refuse an API key from now on, for ever')
    .argument('<app_id>', 'the app: app_…')
    .argument('<key_id>', 'the id of the key, not the key: key_…')
  takeDatabaseAndJson(revoke, '{ "appId", "keyId", "stillValid": [key ids] }')
    .addHelpText('after', '\nExample:\n  $ arunika-server apps revoke-key app_… key_…')
    .action(revokeKeyCommand)
}
