/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** The URL of the Arunika server. */
  readonly VITE_ARUNIKA_ENDPOINT?: string
  /** The app's id, `app_…`: `arunika-server apps create` gives it. */
  readonly VITE_ARUNIKA_APP_ID?: string
}

// For tools that do not read components; vue-tsc does.
declare module '*.vue' {
  import type { Component } from 'vue'
  const component: Component
  export default component
}
