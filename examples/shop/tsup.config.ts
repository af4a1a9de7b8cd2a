import { defineConfig } from 'tsup'

export default defineConfig({
  entry: { server: 'src/server/main.ts' },
  format: 'esm',
  platform: 'node',
  target: 'node20',
  silent: true,
})
