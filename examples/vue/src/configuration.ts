/** Where the events go. */
export const endpoint = import.meta.env.VITE_ARUNIKA_ENDPOINT ?? 'http://127.0.0.1:4100'

/** Whose they are. The server refuses those of an app that it does not have; the page says so. */
export const appId = import.meta.env.VITE_ARUNIKA_APP_ID ?? 'app_demo'
