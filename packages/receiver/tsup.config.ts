import { library } from '../../tsup.base'

export default library(['src/index.ts', 'src/providers.ts', 'src/express.ts', 'src/testing.ts'])
