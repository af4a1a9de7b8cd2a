import { library } from '../../tsup.base'

export default {
  ...library([
    'src/index.ts',
    'src/providers.ts',
    'src/express.ts',
    'src/fastify.ts',
    'src/fetch.ts',
    'src/node.ts',
    'src/testing.ts',
    'src/platform.ts',
    'src/platform.node.ts',
  ]),
  // Which of the two it is, the package's `imports` tell where it is used.
  external: ['#platform'],
}
