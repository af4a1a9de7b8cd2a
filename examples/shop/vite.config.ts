import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where `npm start` runs the shop's backend: `npm run dev` serves the page with hot reload, and asks that one for the rest. */
const BACKEND = 'http://127.0.0.1:3000'

export default defineConfig(({ command }) => {
  // A test runner sets this to `test`, which React would take for development.
  if (command === 'build') process.env['NODE_ENV'] = 'production'
  return {
    plugins: [react()],
    logLevel: 'warn',
    build: { outDir: 'dist/page' },
    server: { proxy: { '/api': BACKEND, '/config.json': BACKEND } },
  }
})
