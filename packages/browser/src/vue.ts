export { createArunika, type ArunikaPluginOptions } from './vue/create-arunika'
export type { PageRouter } from './vue/follow-router'
export { useArunika } from './vue/use-arunika'
