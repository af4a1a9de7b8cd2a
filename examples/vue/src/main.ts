import { createArunika } from '@arunika/browser/vue'
import { createApp } from 'vue'
import App from './app.vue'
import { endpoint, appId } from './configuration'
import { router } from './router'
import './styles/base.css'
import './styles/pages.css'
import './styles/reports.css'

// The reader watches their events arrive, so they do not wait for the usual 5 seconds.
const arunika = createArunika({ options: { appId, endpoint, flushIntervalMs: 250 }, router })

createApp(App).use(router).use(arunika).mount('#app')
