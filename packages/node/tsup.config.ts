import { library } from '../../tsup.base'

export default library(['src/index.ts', 'src/express.ts', 'src/fastify.ts'], {
  platform: 'node',
  // A backend installs one package of ours, and of the protocol what a sender needs.
  noExternal: [/^@arunika\//],
})
