export { ArunikaProvider, type ArunikaProviderProps } from './react/arunika-provider'
export { useArunika } from './react/use-arunika'
export { usePageView } from './react/use-page-view'
