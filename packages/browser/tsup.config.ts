import { readFile, writeFile } from 'node:fs/promises'
import { defineConfig, library, script } from '../../tsup.base'

/** A server component of React may import the hooks only where their file says whose it is; the bundler loses that. */
const forClientComponents = {
  name: 'use-client',
  async buildEnd({ writtenFiles }: { writtenFiles: { name: string }[] }) {
    const hooks = writtenFiles.filter(({ name }) => /\breact\.c?js$/.test(name))
    await Promise.all(
      hooks.map(async ({ name }) => writeFile(name, `'use client';\n${await readFile(name, 'utf8')}`)),
    )
  },
}

export default defineConfig([
  library(['src/index.ts', 'src/react.ts', 'src/vue.ts'], {
    platform: 'browser',
    plugins: [forClientComponents],
  }),
  script('arunika', 'src/global.ts'),
])
