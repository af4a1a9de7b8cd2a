import { createOperator } from '../admin/operators'
import type { DatabaseOptions } from './database-in'
import { withDatabase } from './with-database'

/** `arunika-server operators create` */
export async function createOperatorCommand(options: { json: boolean } & DatabaseOptions): Promise<void> {
  await withDatabase(options, async (services) => {
    const operatorToken = await createOperator(services)
    if (options.json) console.log(JSON.stringify({ operatorToken }))
    else console.log(`Operator token:  ${operatorToken}   (keep it now: it is not shown again)`)
  })
}
