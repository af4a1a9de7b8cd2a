import { library } from '../../tsup.base'

export default library(
  { index: 'src/index.ts', cli: 'src/cli.ts', 'sqlite-worker': 'src/store/sqlite-worker.js' },
  { platform: 'node' },
)
